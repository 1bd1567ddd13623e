//! GetMembers (guardduty reference, §7).

use serde_json::{Value, json};

use super::{at, body_accounts, place};
use crate::guardduty::member::Unprocessed;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Describes members.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let accounts = body_accounts(request)?;
    let place = place(world, caller, request, "guardduty:GetMembers")?;
    let detector = at(world, &place)?;
    let (mut members, mut left_out): (Vec<Value>, Vec<Unprocessed>) = (Vec::new(), Vec::new());
    for account in accounts {
        match detector.members.get(&account) {
            Some(member) => members.push(member.json(place.0)),
            None => left_out.push(Unprocessed::new(
                account,
                "the account is not a member of the current account.",
            )),
        }
    }
    json_response(200, &json!({ "members": members, "unprocessedAccounts": left_out }))
}

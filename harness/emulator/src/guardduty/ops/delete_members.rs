//! DeleteMembers (guardduty reference, §7).

use super::disassociate_members::release;
use super::{at, body_accounts, place, unprocessed};
use crate::guardduty::member::Unprocessed;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Forgets members that are not associated any more, or never were.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let accounts = body_accounts(request)?;
    let place = place(world, caller, request, "guardduty:DeleteMembers")?;
    let mut left_out = Vec::new();
    for account in accounts {
        let members = &mut at(world, &place)?.members;
        let because = match members.get(&account) {
            None => "the account is not a member of the current account.",
            Some(member) if member.relationship.is_associated() => {
                "the account is associated with the current account; disassociate it first."
            }
            Some(_) => {
                members.remove(&account);
                release(world, account, &place);
                continue;
            }
        };
        left_out.push(Unprocessed::new(account, because));
    }
    let arn = at(world, &place)?.arn(place.0, &place.1);
    world.trace("guardduty.members", &arn, b"deleted");
    unprocessed(&left_out)
}

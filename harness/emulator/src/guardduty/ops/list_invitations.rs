//! ListInvitations (guardduty reference, §7).

use serde_json::{Value, json};

use super::{page, query_max_results};
use crate::guardduty::member::invitation_json;
use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Lists the invitations that wait for the account's answer.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let most = query_max_results(request)?;
    world.authorize(caller, Access::to("guardduty:ListInvitations", "*"))?;
    let place = (caller.account, caller.region.clone());
    let pending = world.guardduty.invitations.get(&place).into_iter().flatten();
    let shown: Vec<Value> =
        pending.map(|(by, invitation)| invitation_json(*by, invitation, "Invited")).collect();
    let (invitations, next) = page(shown, request.parameter("nextToken"), most)?;
    let answer = json!({ "invitations": invitations, "nextToken": next.unwrap_or_default() });
    json_response(200, &answer)
}

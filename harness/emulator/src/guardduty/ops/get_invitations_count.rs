//! GetInvitationsCount (guardduty reference, §7).

use serde_json::json;

use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Counts the invitations that wait for the account's answer.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let _ = request;
    world.authorize(caller, Access::to("guardduty:GetInvitationsCount", "*"))?;
    let pending = world.guardduty.invitations.get(&(caller.account, caller.region.clone()));
    let count = pending.map_or(0, std::collections::BTreeMap::len);
    json_response(200, &json!({ "invitationsCount": count }))
}

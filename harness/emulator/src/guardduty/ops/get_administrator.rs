//! GetAdministratorAccount, and GetMasterAccount of old (guardduty reference, §7).

use serde_json::json;

use super::{at, place};
use crate::guardduty::member::{Relationship, invitation_json};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Tells who administers the account; nothing when nobody does.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let old = request.wire.path.trim_end_matches('/').ends_with("/master");
    let (action, name) = if old {
        ("guardduty:GetMasterAccount", "master")
    } else {
        ("guardduty:GetAdministratorAccount", "administrator")
    };
    let place = place(world, caller, request, action)?;
    let Some(over) = at(world, &place)?.administrator.clone() else {
        return json_response(200, &json!({}));
    };
    let detector = world.guardduty.detector(over.account, &place.1);
    let member = detector.and_then(|detector| detector.members.get(&place.0));
    let status = member.map_or(Relationship::Removed, |member| member.relationship).name();
    json_response(200, &json!({ name: invitation_json(over.account, &over.invitation, status) }))
}

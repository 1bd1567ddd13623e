//! AcceptAdministratorInvitation, and AcceptInvitation of old (guardduty reference, §7).

use serde::Deserialize;
use tributary_vocabulary::AccountId;

use super::{at, body, nothing, place};
use crate::guardduty::error::{invalid, missing, no_such_resource, rejected};
use crate::guardduty::member::{Administrator, Relationship};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Whose invitation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    administrator_id: Option<String>,
    master_id: Option<String>,
    invitation_id: Option<String>,
}

/// Accepts the invitation of an administrator: from now on it sees the account's findings.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let old = request.wire.path.trim_end_matches('/').ends_with("/master");
    let (name, by) = if old {
        ("masterId", input.master_id)
    } else {
        ("administratorId", input.administrator_id)
    };
    let by: AccountId = by.ok_or_else(|| missing(name))?.parse().map_err(|_| invalid(name))?;
    let id = input.invitation_id.ok_or_else(|| missing("invitationId"))?;
    let action =
        if old { "guardduty:AcceptInvitation" } else { "guardduty:AcceptAdministratorInvitation" };
    let place = place(world, caller, request, action)?;
    let pending = world.guardduty.invitations.get(&place).and_then(|pending| pending.get(&by));
    let Some(invitation) = pending.filter(|pending| pending.id == id).cloned() else {
        return Err(no_such_resource());
    };
    let detector = at(world, &place)?;
    if detector.administrator.is_some() {
        return Err(rejected(
            "the current account is already a member of an administrator account.",
        ));
    }
    if detector.members.values().any(|member| member.relationship.is_associated()) {
        return Err(rejected("the current account has member accounts of its own."));
    }
    let (detector_id, arn) = (detector.id.clone(), detector.arn(place.0, &place.1));
    let now = world.now;
    let over = world.guardduty.detector_mut(by, &place.1);
    let member =
        over.and_then(|over| over.members.get_mut(&place.0)).ok_or_else(no_such_resource)?;
    (member.relationship, member.updated) = (Relationship::Enabled, now);
    member.detector_id = Some(detector_id);
    at(world, &place)?.administrator = Some(Administrator { account: by, invitation });
    if let Some(pending) = world.guardduty.invitations.get_mut(&place) {
        pending.remove(&by);
    }
    world.trace("guardduty.accepted", &arn, by.as_str().as_bytes());
    nothing()
}

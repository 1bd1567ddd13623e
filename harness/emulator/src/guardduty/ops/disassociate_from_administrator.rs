//! DisassociateFromAdministratorAccount, and DisassociateFromMasterAccount of old (guardduty reference, §7).

use super::{at, nothing, place};
use crate::guardduty::error::no_such_resource;
use crate::guardduty::member::Relationship;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Leaves the administrator: from now on the account's findings stay with it.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let action = if request.wire.path.contains("/master/") {
        "guardduty:DisassociateFromMasterAccount"
    } else {
        "guardduty:DisassociateFromAdministratorAccount"
    };
    let place = place(world, caller, request, action)?;
    let detector = at(world, &place)?;
    let arn = detector.arn(place.0, &place.1);
    let Some(over) = detector.administrator.take() else { return Err(no_such_resource()) };
    let now = world.now;
    let detector = world.guardduty.detector_mut(over.account, &place.1);
    if let Some(member) = detector.and_then(|detector| detector.members.get_mut(&place.0)) {
        (member.relationship, member.updated) = (Relationship::Resigned, now);
    }
    world.trace("guardduty.resigned", &arn, over.account.as_str().as_bytes());
    nothing()
}

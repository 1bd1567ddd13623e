//! DeleteDetector (guardduty reference, §7).

use super::{at, nothing, place};
use crate::guardduty::error::rejected;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Deletes a detector with all that it found; not while its account is associated with others.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let place = place(world, caller, request, "guardduty:DeleteDetector")?;
    let detector = at(world, &place)?;
    if detector.members.values().any(|member| member.relationship.is_associated()) {
        return Err(rejected(
            "the current account has associated member accounts; disassociate them first.",
        ));
    }
    if detector.administrator.is_some() {
        return Err(rejected(
            "the current account is a member account; disassociate it from its administrator first.",
        ));
    }
    let arn = detector.arn(place.0, &place.1);
    world.guardduty.detectors.remove(&place);
    for invitations in world.guardduty.invitations.values_mut() {
        invitations.remove(&place.0);
    }
    world.trace("guardduty.detector", &arn, b"deleted");
    nothing()
}

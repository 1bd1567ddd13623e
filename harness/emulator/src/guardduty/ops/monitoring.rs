//! Whether members are monitored, for the operations that start and stop it.

use super::{at, body_accounts, place, unprocessed};
use crate::guardduty::member::{Relationship, Unprocessed};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Has the members of a request monitored, or no longer: their detectors are enabled or suspended.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(super) fn set(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
    action: &str,
    monitored: bool,
) -> Result<WireResponse, ServiceError> {
    let (from, to, word): (_, _, &[u8]) = if monitored {
        (Relationship::Disabled, Relationship::Enabled, b"started")
    } else {
        (Relationship::Enabled, Relationship::Disabled, b"stopped")
    };
    let accounts = body_accounts(request)?;
    let place = place(world, caller, request, action)?;
    let now = world.now;
    let mut left_out = Vec::new();
    for account in accounts {
        let found = at(world, &place)?.members.get_mut(&account);
        let Some(member) = found.filter(|member| member.relationship.is_associated()) else {
            left_out.push(Unprocessed::new(
                account,
                "the account is not an associated member of the current account.",
            ));
            continue;
        };
        if member.relationship == from {
            (member.relationship, member.updated) = (to, now);
        }
        if let Some(detector) = world.guardduty.detector_mut(account, &place.1) {
            (detector.is_enabled, detector.updated) = (monitored, now);
        }
    }
    let arn = at(world, &place)?.arn(place.0, &place.1);
    world.trace("guardduty.members", &arn, word);
    unprocessed(&left_out)
}

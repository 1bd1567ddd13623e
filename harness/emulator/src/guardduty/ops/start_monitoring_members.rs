//! StartMonitoringMembers (guardduty reference, §7).

use super::{at, body_accounts, place, unprocessed};
use crate::guardduty::member::{Relationship, Unprocessed};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Has members whose monitoring was stopped monitored again.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let accounts = body_accounts(request)?;
    let place = place(world, caller, request, "guardduty:StartMonitoringMembers")?;
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
        if member.relationship == Relationship::Disabled {
            (member.relationship, member.updated) = (Relationship::Enabled, now);
        }
        if let Some(detector) = world.guardduty.detector_mut(account, &place.1) {
            (detector.is_enabled, detector.updated) = (true, now);
        }
    }
    let arn = at(world, &place)?.arn(place.0, &place.1);
    world.trace("guardduty.members", &arn, b"started");
    unprocessed(&left_out)
}

//! DeclineInvitations (guardduty reference, §7).

use super::{body_accounts, unprocessed};
use crate::guardduty::member::{Relationship, Unprocessed};
use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Declines the invitations of these administrators; they see that the account left.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let accounts = body_accounts(request)?;
    world.authorize(caller, Access::to("guardduty:DeclineInvitations", "*"))?;
    remove(world, caller, accounts, Some(Relationship::Resigned))
}

/// Removes the invitations of these administrators.
pub(super) fn remove(
    world: &mut World,
    caller: &Caller,
    accounts: Vec<tributary_vocabulary::AccountId>,
    relationship: Option<Relationship>,
) -> Result<WireResponse, ServiceError> {
    let (now, place) = (world.now, (caller.account, caller.region.clone()));
    let mut left_out = Vec::new();
    for by in accounts {
        let pending = world.guardduty.invitations.get_mut(&place);
        if pending.is_none_or(|pending| pending.remove(&by).is_none()) {
            left_out.push(Unprocessed::new(by, "there is no invitation of this account."));
            continue;
        }
        let detector = world.guardduty.detector_mut(by, &caller.region);
        let member = detector.and_then(|detector| detector.members.get_mut(&caller.account));
        if let (Some(member), Some(relationship)) = (member, relationship) {
            (member.relationship, member.updated) = (relationship, now);
        }
    }
    world.trace("guardduty.invitations", caller.account.as_str(), b"removed");
    unprocessed(&left_out)
}

//! DisassociateMembers (guardduty reference, §7).

use super::{at, body_accounts, place, unprocessed};
use crate::guardduty::member::{Relationship, Unprocessed};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Lets members go: from now on their findings stay with them.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let accounts = body_accounts(request)?;
    let place = place(world, caller, request, "guardduty:DisassociateMembers")?;
    let now = world.now;
    let mut left_out = Vec::new();
    for account in accounts {
        let Some(member) = at(world, &place)?.members.get_mut(&account) else {
            left_out.push(Unprocessed::new(
                account,
                "the account is not a member of the current account.",
            ));
            continue;
        };
        (member.relationship, member.updated) = (Relationship::Removed, now);
        release(world, account, &place);
    }
    let arn = at(world, &place)?.arn(place.0, &place.1);
    world.trace("guardduty.members", &arn, b"disassociated");
    unprocessed(&left_out)
}

/// The account no longer has this administrator, nor an invitation of it.
pub(super) fn release(
    world: &mut World,
    account: tributary_vocabulary::AccountId,
    by: &crate::guardduty::state::Place,
) {
    if let Some(invitations) = world.guardduty.invitations.get_mut(&(account, by.1.clone())) {
        invitations.remove(&by.0);
    }
    if let Some(detector) = world.guardduty.detector_mut(account, &by.1)
        && detector.administrator.as_ref().is_some_and(|over| over.account == by.0)
    {
        detector.administrator = None;
    }
}

//! InviteMembers (guardduty reference, §7).

use super::{at, body_accounts, place, unprocessed};
use crate::guardduty::member::{Invitation, Relationship, Unprocessed};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Invites members. One whose e-mail address was wrong gets no invitation, and nobody is told: only
/// its status says so.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let accounts = body_accounts(request)?;
    let place = place(world, caller, request, "guardduty:InviteMembers")?;
    let (now, emails) = (world.now, world.settings.guardduty.emails.clone());
    let mut left_out = Vec::new();
    for account in accounts {
        let id = world.guardduty.id();
        let Some(member) = at(world, &place)?.members.get_mut(&account) else {
            left_out.push(Unprocessed::new(
                account,
                "the account is not a member of the current account.",
            ));
            continue;
        };
        if member.relationship.is_associated() {
            left_out
                .push(Unprocessed::new(account, "the account has already accepted an invitation."));
            continue;
        }
        (member.invited, member.updated) = (Some(now), now);
        let known = emails.get(&account);
        if known.is_some_and(|known| !known.eq_ignore_ascii_case(&member.email)) {
            member.relationship = Relationship::EmailVerificationFailed;
            continue;
        }
        member.relationship = Relationship::Invited;
        let invited = world.guardduty.invitations.entry((account, place.1.clone())).or_default();
        invited.insert(place.0, Invitation { id, invited: now });
    }
    let arn = at(world, &place)?.arn(place.0, &place.1);
    world.trace("guardduty.members", &arn, b"invited");
    unprocessed(&left_out)
}

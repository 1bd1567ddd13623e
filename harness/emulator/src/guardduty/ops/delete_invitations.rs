//! DeleteInvitations (guardduty reference, §7).

use super::body_accounts;
use super::decline_invitations::remove;
use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Deletes the invitations of these administrators, who are not told.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let accounts = body_accounts(request)?;
    world.authorize(caller, Access::to("guardduty:DeleteInvitations", "*"))?;
    remove(world, caller, accounts, None)
}

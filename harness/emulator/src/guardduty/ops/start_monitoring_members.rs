//! StartMonitoringMembers (guardduty reference, §7).

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
    super::monitoring::set(world, caller, request, "guardduty:StartMonitoringMembers", true)
}

//! StopMonitoringMembers (guardduty reference, §7).

use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Stops the monitoring of members: their detectors are suspended.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    super::monitoring::set(world, caller, request, "guardduty:StopMonitoringMembers", false)
}

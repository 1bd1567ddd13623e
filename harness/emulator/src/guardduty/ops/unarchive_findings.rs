//! UnarchiveFindings (guardduty reference, §7).

use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Takes findings out of the archive.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    super::archive::set(world, caller, request, "guardduty:UnarchiveFindings", false)
}

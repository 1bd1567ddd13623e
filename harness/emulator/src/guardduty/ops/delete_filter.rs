//! DeleteFilter (guardduty reference, §7).

use super::{detector, nothing};
use crate::guardduty::error::no_such_resource;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Deletes a filter; those behind it move up.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let detector = detector(world, caller, request, "guardduty:DeleteFilter")?;
    let name = request.label("FilterName");
    let gone = detector.filters.remove(name).ok_or_else(no_such_resource)?;
    for filter in detector.filters.values_mut().filter(|filter| filter.rank > gone.rank) {
        filter.rank -= 1;
    }
    world.trace("guardduty.filter", name, b"deleted");
    nothing()
}

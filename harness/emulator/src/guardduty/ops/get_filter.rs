//! GetFilter (guardduty reference, §7).

use super::detector;
use crate::guardduty::error::no_such_resource;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Describes a filter.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let detector = detector(world, caller, request, "guardduty:GetFilter")?;
    let name = request.label("FilterName");
    let filter = detector.filters.get(name).ok_or_else(no_such_resource)?;
    json_response(200, &filter.json(name))
}

//! ListTagsForResource (guardduty reference, §7).

use serde_json::json;

use crate::guardduty::tags::of;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Lists the tags of a detector or a filter.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let arn = request.label("ResourceArn");
    let all = of(world, caller, "guardduty:ListTagsForResource", arn)?;
    json_response(200, &json!({ "tags": all }))
}

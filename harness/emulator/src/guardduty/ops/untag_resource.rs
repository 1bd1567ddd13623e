//! UntagResource (guardduty reference, §7).

use crate::guardduty::error::missing;
use crate::guardduty::tags::of;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Removes tags from a detector or a filter.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let named = request.query.iter().filter(|(name, _)| name == "tagKeys");
    let keys: Vec<&String> = named.map(|(_, value)| value).collect();
    if keys.is_empty() {
        return Err(missing("tagKeys"));
    }
    let arn = request.label("ResourceArn");
    let all = of(world, caller, "guardduty:UntagResource", arn)?;
    all.retain(|key, _| !keys.contains(&key));
    world.trace("guardduty.tags", arn, b"removed");
    Ok(WireResponse::empty(204))
}

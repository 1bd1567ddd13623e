//! TagResource (guardduty reference, §7).

use serde::Deserialize;
use serde_json::Value;

use super::{body, tags};
use crate::guardduty::error::{invalid, missing};
use crate::guardduty::tags::of;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Which tags.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Input {
    tags: Option<Value>,
}

/// Tags a detector or a filter.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let new = tags(Some(&input.tags.ok_or_else(|| missing("tags"))?))?;
    let arn = request.label("ResourceArn");
    let all = of(world, caller, "guardduty:TagResource", arn)?;
    let mut merged = all.clone();
    merged.extend(new);
    if merged.len() > 50 {
        return Err(invalid("tags"));
    }
    *all = merged;
    world.trace("guardduty.tags", arn, b"");
    Ok(WireResponse::empty(204))
}

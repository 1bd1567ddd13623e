//! UntagResource.

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, World};
use crate::logs::tags::tags_of;

/// What UntagResource reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// A log group or a destination.
    pub resource_arn: Option<String>,
    /// The keys that go; one that is not there is passed over.
    pub tag_keys: Option<Vec<String>>,
}

/// Removes tags.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let tags = tags_of(world, caller, "logs:UntagResource", input.resource_arn.as_ref())?;
    for key in input.tag_keys.unwrap_or_default() {
        tags.remove(&key);
    }
    world.trace("untag", input.resource_arn.as_deref().unwrap_or_default(), b"");
    Ok(())
}

//! UntagResource.

use serde::Deserialize;

use crate::events::tags;
use crate::kernel::{Caller, ServiceError, Validation, World};

/// Which rule or bus, and which tags.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARN.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Option<String>,
    /// The keys of the tags.
    pub tag_keys: Option<Vec<String>>,
}

/// Removes tags from a rule or a bus.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    validation.required("tagKeys", input.tag_keys.as_ref());
    validation.finish()?;
    let all = tags::of(world, caller, "events:UntagResource", input.resource_arn.as_ref())?;
    let keys = input.tag_keys.unwrap_or_default();
    all.retain(|key, _| !keys.contains(key));
    world.trace("events.tags", input.resource_arn.as_deref().unwrap_or_default(), b"removed");
    Ok(())
}

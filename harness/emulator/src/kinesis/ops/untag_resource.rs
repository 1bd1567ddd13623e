//! UntagResource (kinesis reference, stream lifecycle).

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, World};
use crate::kinesis::state::authorize;
use crate::kinesis::tags;
use crate::kinesis::target::resource;

/// Which stream, and which tags.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARN of the stream.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Option<String>,
    /// The keys of the tags: 1 to 50.
    pub tag_keys: Option<Vec<String>>,
}

/// Takes tags away from a stream; one that it has not is left out without a word.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let target = resource(caller, input.resource_arn.as_deref(), |validation| {
        tags::check_keys(validation, input.tag_keys.as_deref());
    })?;
    let keys = input.tag_keys.unwrap_or_default();
    authorize(world, caller, "kinesis:UntagResource", &target)?;
    let stream = world.kinesis.stream_mut(&target)?;
    for key in &keys {
        stream.tags.remove(key);
    }
    world.trace("kinesis.tags", &target.arn, keys.join(" ").as_bytes());
    Ok(())
}

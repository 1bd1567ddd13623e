//! RemoveTagsFromStream (kinesis reference, stream lifecycle).

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::state::authorize;
use crate::kinesis::tags;
use crate::kinesis::target::{check_target, target};

/// Which stream, and which tags.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// The keys of the tags: 1 to 50.
    pub tag_keys: Option<Vec<String>>,
}

/// Takes tags away from a stream; one that it has not is left out without a word.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    tags::check_keys(&mut validation, input.tag_keys.as_deref());
    validation.finish()?;
    let keys = input.tag_keys.unwrap_or_default();
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:RemoveTagsFromStream", &target)?;
    tags::check_characters(&keys)?;
    let stream = world.kinesis.stream_mut(&target)?;
    for key in &keys {
        stream.tags.remove(key);
    }
    world.trace("kinesis.tags", &target.arn, keys.join(" ").as_bytes());
    Ok(())
}

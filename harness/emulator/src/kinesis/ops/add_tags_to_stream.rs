//! AddTagsToStream (kinesis reference, stream lifecycle).

use std::collections::BTreeMap;

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
    /// The tags.
    pub tags: Option<BTreeMap<String, String>>,
}

/// Adds tags to a stream, or changes their values.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    validation.required("tags", input.tags.as_ref());
    if let Some(new) = &input.tags {
        tags::check_shape(&mut validation, new);
    }
    validation.finish()?;
    let new = input.tags.unwrap_or_default();
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:AddTagsToStream", &target)?;
    tags::check_characters(new.iter().flat_map(|(key, value)| [key, value]))?;
    let names = format!("{new:?}");
    tags::add(world.kinesis.stream_mut(&target)?, new)?;
    world.trace("kinesis.tags", &target.arn, names.as_bytes());
    Ok(())
}

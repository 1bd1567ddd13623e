//! TagResource (kinesis reference, stream lifecycle).

use std::collections::BTreeMap;

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
    /// The tags.
    pub tags: Option<BTreeMap<String, String>>,
}

/// Adds tags to a stream, or changes their values.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let target = resource(caller, input.resource_arn.as_deref(), |validation| {
        validation.required("tags", input.tags.as_ref());
        if let Some(new) = &input.tags {
            tags::check_shape(validation, new);
        }
    })?;
    let new = input.tags.unwrap_or_default();
    authorize(world, caller, "kinesis:TagResource", &target)?;
    tags::check_characters(new.iter().flat_map(|(key, value)| [key, value]))?;
    let names = format!("{new:?}");
    tags::add(world.kinesis.stream_mut(&target)?, new)?;
    world.trace("kinesis.tags", &target.arn, names.as_bytes());
    Ok(())
}

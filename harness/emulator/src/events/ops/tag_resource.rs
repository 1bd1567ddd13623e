//! TagResource.

use serde::Deserialize;

use crate::events::{Tag, tags};
use crate::kernel::{Caller, ServiceError, Validation, World};

/// Which rule or bus, and which tags.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARN.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Option<String>,
    /// The tags.
    pub tags: Option<Vec<Tag>>,
}

/// Tags a rule or a bus.
///
/// # Errors
/// `ValidationException`, `LimitExceededException`, `ResourceNotFoundException`,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    validation.required("tags", input.tags.as_ref());
    let new = input.tags.unwrap_or_default();
    tags::check(&mut validation, &new);
    validation.finish()?;
    let all = tags::of(world, caller, "events:TagResource", input.resource_arn.as_ref())?;
    tags::add(all, new)?;
    world.trace("events.tags", input.resource_arn.as_deref().unwrap_or_default(), b"");
    Ok(())
}

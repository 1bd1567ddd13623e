//! TagDeliveryStream.

use serde::{Deserialize, Serialize};

use super::tags::{self, Tag};
use crate::firehose::stream::{authorized, required_name, stream_mut};
use crate::kernel::{Caller, ServiceError, Validation, World};

/// What TagDeliveryStream reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Input {
    /// The name.
    pub delivery_stream_name: Option<String>,
    /// 1 to 50 tags.
    pub tags: Option<Vec<Tag>>,
}

/// What TagDeliveryStream answers: `{}`.
#[derive(Debug, Clone, Serialize)]
pub struct Output {}

/// Adds tags, or changes those that are there.
///
/// # Errors
/// `ResourceNotFoundException`, and `LimitExceededException` over 50 tags.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    validation.required("tags", input.tags.as_ref());
    let given = input.tags.unwrap_or_default();
    tags::validate(&mut validation, &given);
    let name = required_name(validation, input.delivery_stream_name)?;
    let id = authorized(world, caller, "firehose:TagDeliveryStream", &name)?;
    let stream = stream_mut(world, caller, &name, id)?;
    let is_given = |key: &str| given.iter().any(|tag| tag.key.as_deref() == Some(key));
    let others = stream.tags.keys().filter(|key| !is_given(key)).count();
    tags::check(&given, others)?;
    stream.tags.extend(tags::map(given));
    let arn = stream.plan.arn.clone();
    world.trace("tag", &arn, &[]);
    Ok(Output {})
}

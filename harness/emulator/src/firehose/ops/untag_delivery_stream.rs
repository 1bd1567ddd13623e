//! UntagDeliveryStream.

use serde::{Deserialize, Serialize};

use super::tags;
use crate::firehose::stream::{authorized, required_name, stream_mut};
use crate::kernel::{Caller, ServiceError, Validation, World};

/// What UntagDeliveryStream reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Input {
    /// The name.
    pub delivery_stream_name: Option<String>,
    /// The keys of the tags that go.
    pub tag_keys: Option<Vec<String>>,
}

/// What UntagDeliveryStream answers: `{}`.
#[derive(Debug, Clone, Serialize)]
pub struct Output {}

/// Takes tags away; a key that is not there is no error.
///
/// # Errors
/// `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    validation.required("tagKeys", input.tag_keys.as_ref());
    let keys = input.tag_keys.unwrap_or_default();
    for (number, key) in (1..).zip(&keys) {
        tags::validate_key(&mut validation, &format!("tagKeys.{number}.member"), key);
    }
    let name = required_name(validation, input.delivery_stream_name)?;
    let id = authorized(world, caller, "firehose:UntagDeliveryStream", &name)?;
    let stream = stream_mut(world, caller, &name, id)?;
    stream.tags.retain(|key, _| !keys.contains(key));
    let arn = stream.plan.arn.clone();
    world.trace("untag", &arn, &[]);
    Ok(Output {})
}

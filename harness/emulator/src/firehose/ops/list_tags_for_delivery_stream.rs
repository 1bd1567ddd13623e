//! ListTagsForDeliveryStream.

use serde::{Deserialize, Serialize};

use super::tags::Tag;
use crate::firehose::stream::{authorized, required_name, stream_mut};
use crate::kernel::{Caller, ServiceError, Validation, World};

/// What ListTagsForDeliveryStream reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Input {
    /// The name.
    pub delivery_stream_name: Option<String>,
    /// Only tags behind this key.
    pub exclusive_start_tag_key: Option<String>,
    /// At most so many: 1 to 50.
    pub limit: Option<i64>,
}

/// What ListTagsForDeliveryStream answers.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The tags, by their keys.
    pub tags: Vec<Tag>,
    /// Whether there are more.
    pub has_more_tags: bool,
}

/// Lists the tags of a delivery stream.
///
/// # Errors
/// `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    if let Some(limit) = input.limit {
        validation.range("limit", limit, 1, 50);
    }
    let name = required_name(validation, input.delivery_stream_name)?;
    let id = authorized(world, caller, "firehose:ListTagsForDeliveryStream", &name)?;
    let stream = stream_mut(world, caller, &name, id)?;
    let after = input.exclusive_start_tag_key.unwrap_or_default();
    let limit = usize::try_from(input.limit.unwrap_or(50)).unwrap_or(50);
    let behind = || stream.tags.iter().filter(|(key, _)| **key > after);
    let tags = behind()
        .take(limit)
        .map(|(key, value)| Tag { key: Some(key.clone()), value: Some(value.clone()) })
        .collect();
    Ok(Output { tags, has_more_tags: behind().count() > limit })
}

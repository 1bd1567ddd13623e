//! ListTagsForStream (kinesis reference, stream lifecycle).

use serde::{Deserialize, Serialize};

use super::Tag;
use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::state::authorize;
use crate::kinesis::tags::TAGS_MAX;
use crate::kinesis::target::{check_target, target};

/// Which stream, and which page of its tags.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// How many at the most: 1 to 50.
    pub limit: Option<i64>,
    /// The key after which the page begins.
    pub exclusive_start_tag_key: Option<String>,
}

/// A page of tags, in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The tags.
    pub tags: Vec<Tag>,
    /// Whether more follow.
    pub has_more_tags: bool,
}

/// Lists the tags of a stream.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    if let Some(limit) = input.limit {
        validation.range("limit", limit, 1, 50);
    }
    if let Some(key) = &input.exclusive_start_tag_key {
        validation.length("exclusiveStartTagKey", key, 1, 128);
    }
    validation.finish()?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:ListTagsForStream", &target)?;
    let stream = world.kinesis.stream(&target)?;
    let after = input.exclusive_start_tag_key.unwrap_or_default();
    let limit = input.limit.and_then(|n| usize::try_from(n).ok()).unwrap_or(TAGS_MAX);
    let mut page = stream.tags.iter().filter(|(key, _)| **key > after);
    let tags = page
        .by_ref()
        .take(limit)
        .map(|(key, value)| Tag { key: key.clone(), value: value.clone() })
        .collect();
    Ok(Output { tags, has_more_tags: page.next().is_some() })
}

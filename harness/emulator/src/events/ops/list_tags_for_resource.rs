//! ListTagsForResource.

use serde::{Deserialize, Serialize};

use crate::events::{Tag, tags};
use crate::kernel::{Caller, ServiceError, World};

/// Which rule or bus.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARN.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Option<String>,
}

/// Its tags.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The tags, by key.
    pub tags: Vec<Tag>,
}

/// Lists the tags of a rule or a bus.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let all = tags::of(world, caller, "events:ListTagsForResource", input.resource_arn.as_ref())?;
    let tag = |(key, value): (&String, &String)| Tag {
        key: Some(key.clone()),
        value: Some(value.clone()),
    };
    Ok(Output { tags: all.iter().map(tag).collect() })
}

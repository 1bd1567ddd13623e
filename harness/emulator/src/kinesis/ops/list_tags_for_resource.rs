//! ListTagsForResource (kinesis reference, stream lifecycle).

use serde::{Deserialize, Serialize};

use super::Tag;
use crate::kernel::{Caller, ServiceError, World};
use crate::kinesis::state::authorize;
use crate::kinesis::target::resource;

/// Which stream.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARN of the stream.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Option<String>,
}

/// All its tags, in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The tags.
    pub tags: Vec<Tag>,
}

/// Lists the tags of a stream.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let target = resource(caller, input.resource_arn.as_deref(), |_| {})?;
    authorize(world, caller, "kinesis:ListTagsForResource", &target)?;
    let stream = world.kinesis.stream(&target)?;
    let tags = stream
        .tags
        .iter()
        .map(|(key, value)| Tag { key: key.clone(), value: value.clone() })
        .collect();
    Ok(Output { tags })
}

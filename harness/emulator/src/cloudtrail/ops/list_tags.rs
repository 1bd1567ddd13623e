//! ListTags.

use serde::{Deserialize, Serialize};

use super::Tag;
use crate::cloudtrail::error::trail_not_found;
use crate::cloudtrail::tags;
use crate::kernel::{Access, Caller, ServiceError, World};

/// The most trails of one call (CloudTrail API reference, ListTags).
const RESOURCES_MAX: usize = 20;

/// What ListTags reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARNs of up to 20 trails.
    pub resource_id_list: Vec<String>,
    /// Reserved by AWS for future use.
    pub next_token: Option<String>,
}

/// What ListTags answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The trails with their tags, in the order of the request.
    pub resource_tag_list: Vec<ResourceTag>,
}

/// A trail with its tags.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResourceTag {
    /// The ARN of the trail.
    pub resource_id: String,
    /// Its tags, by key.
    pub tags_list: Vec<Tag>,
}

/// Lists the tags of trails.
///
/// # Errors
/// `InvalidTokenException`, `CloudTrailARNInvalidException`, `ResourceTypeNotSupportedException`,
/// `InvalidParameterException` for more than 20, `TrailNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    if input.next_token.is_some() {
        let message = "NextToken is reserved for future use: all tags are on one page.";
        return Err(ServiceError::client("InvalidTokenException", message));
    }
    if input.resource_id_list.len() > RESOURCES_MAX {
        let message = format!("ResourceIdList can have {RESOURCES_MAX} ARNs.");
        return Err(ServiceError::client("InvalidParameterException", message));
    }
    let mut resource_tag_list = Vec::new();
    for resource_id in input.resource_id_list {
        let key = tags::trail(world, caller, &resource_id)?;
        world.authorize(caller, Access::to("cloudtrail:ListTags", &resource_id))?;
        let trail = world.cloudtrail.trails.get(&key);
        let trail = trail.ok_or_else(|| trail_not_found(&key.name, key.account))?;
        let tag =
            |(key, value): (&String, &String)| Tag { key: key.clone(), value: Some(value.clone()) };
        let tags_list = trail.tags.iter().map(tag).collect();
        resource_tag_list.push(ResourceTag { resource_id, tags_list });
    }
    Ok(Output { resource_tag_list })
}

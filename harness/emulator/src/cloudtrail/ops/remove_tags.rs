//! RemoveTags.

use serde::Deserialize;

use super::{Empty, Tag};
use crate::cloudtrail::error::trail_not_found;
use crate::cloudtrail::tags;
use crate::kernel::{Access, Caller, ServiceError, World};

/// What RemoveTags reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARN of the trail.
    pub resource_id: String,
    /// The tags; only their keys count.
    pub tags_list: Vec<Tag>,
}

/// Removes tags from a trail; one that is not there does not matter.
///
/// # Errors
/// `InvalidTagParameterException`, `CloudTrailARNInvalidException`,
/// `ResourceTypeNotSupportedException`, `TrailNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Empty, ServiceError> {
    tags::check(&input.tags_list)?;
    let key = tags::trail(world, caller, &input.resource_id)?;
    world.authorize(caller, Access::to("cloudtrail:RemoveTags", &input.resource_id))?;
    let trail = world.cloudtrail.trails.get_mut(&key);
    let trail = trail.ok_or_else(|| trail_not_found(&key.name, key.account))?;
    for tag in &input.tags_list {
        trail.tags.remove(&tag.key);
    }
    Ok(Empty {})
}

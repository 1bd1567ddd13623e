//! AddTags.

use serde::Deserialize;

use super::{Empty, Tag};
use crate::cloudtrail::error::trail_not_found;
use crate::cloudtrail::tags;
use crate::kernel::{Access, Caller, ServiceError, World};

/// What AddTags reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARN of the trail.
    pub resource_id: String,
    /// The tags; one of a key that is there takes its place.
    pub tags_list: Vec<Tag>,
}

/// Adds tags to a trail.
///
/// # Errors
/// `InvalidTagParameterException`, `TagsLimitExceededException`, `CloudTrailARNInvalidException`,
/// `ResourceTypeNotSupportedException`, `TrailNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Empty, ServiceError> {
    tags::check(&input.tags_list)?;
    let key = tags::trail(world, caller, &input.resource_id)?;
    world.authorize(caller, Access::to("cloudtrail:AddTags", &input.resource_id))?;
    let trail = world.cloudtrail.trails.get_mut(&key);
    let trail = trail.ok_or_else(|| trail_not_found(&key.name, key.account))?;
    tags::add(&mut trail.tags, input.tags_list)?;
    Ok(Empty {})
}

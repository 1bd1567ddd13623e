//! StartLogging.

use super::{Empty, NamedInput, to_change};
use crate::cloudtrail::delivery;
use crate::kernel::{Caller, ServiceError, World};

/// Lets a trail record; nothing changes when it does so already.
///
/// # Errors
/// `TrailNotFoundException`, `InvalidTrailNameException`, `CloudTrailARNInvalidException`,
/// `InvalidHomeRegionException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: NamedInput) -> Result<Empty, ServiceError> {
    let key = to_change(world, caller, "cloudtrail:StartLogging", input.name.as_deref())?;
    let now = world.now;
    if let Some(trail) = world.cloudtrail.trails.get_mut(&key).filter(|trail| !trail.logging) {
        trail.logging = true;
        trail.status.started = Some(now);
        delivery::arm_digests(world, &key);
        world.trace("start logging", &key.arn(), b"");
    }
    Ok(Empty {})
}

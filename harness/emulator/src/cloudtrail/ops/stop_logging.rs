//! StopLogging.

use super::{Empty, NamedInput, to_change};
use crate::kernel::{Caller, ServiceError, World};

/// Lets a trail record no more. What it recorded is still written, and the running hour still gets
/// its digest files.
///
/// # Errors
/// `TrailNotFoundException`, `InvalidTrailNameException`, `CloudTrailARNInvalidException`,
/// `InvalidHomeRegionException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: NamedInput) -> Result<Empty, ServiceError> {
    let key = to_change(world, caller, "cloudtrail:StopLogging", input.name.as_deref())?;
    let now = world.now;
    if let Some(trail) = world.cloudtrail.trails.get_mut(&key).filter(|trail| trail.logging) {
        trail.logging = false;
        trail.status.stopped = Some(now);
        world.trace("stop logging", &key.arn(), b"");
    }
    Ok(Empty {})
}

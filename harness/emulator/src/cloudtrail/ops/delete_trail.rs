//! DeleteTrail.

use super::{Empty, NamedInput, to_change};
use crate::cloudtrail::delivery;
use crate::kernel::{Caller, ServiceError, World};

/// Deletes a trail; what waits for its log file is written first.
///
/// # Errors
/// `TrailNotFoundException`, `InvalidTrailNameException`, `CloudTrailARNInvalidException`,
/// `InvalidHomeRegionException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: NamedInput) -> Result<Empty, ServiceError> {
    let key = to_change(world, caller, "cloudtrail:DeleteTrail", input.name.as_deref())?;
    delivery::write_all_files(world, &key);
    world.cloudtrail.trails.remove(&key);
    world.trace("delete trail", &key.arn(), b"");
    Ok(Empty {})
}

//! GetTrail.

use serde::Serialize;

use super::{NamedInput, TrailDescription, to_read};
use crate::cloudtrail::error::trail_not_found;
use crate::kernel::{Caller, ServiceError, World};

/// What GetTrail answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The trail.
    pub trail: TrailDescription,
}

/// Tells the settings of a trail.
///
/// # Errors
/// `TrailNotFoundException`, `InvalidTrailNameException`, `CloudTrailARNInvalidException`,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: NamedInput) -> Result<Output, ServiceError> {
    let key = to_read(world, caller, "cloudtrail:GetTrail", input.name.as_deref())?;
    let trail = world.cloudtrail.trails.get(&key);
    let trail = trail.ok_or_else(|| trail_not_found(&key.name, key.account))?;
    Ok(Output { trail: TrailDescription::of(trail) })
}

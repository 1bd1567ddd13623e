//! GetEventSelectors.

use serde::Deserialize;

pub use super::put_event_selectors::Output;
use super::to_read;
use crate::cloudtrail::error::trail_not_found;
use crate::kernel::{Caller, ServiceError, World};

/// What GetEventSelectors reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The name or the ARN.
    pub trail_name: Option<String>,
}

/// Tells which events a trail records.
///
/// # Errors
/// `TrailNotFoundException`, `InvalidTrailNameException`, `CloudTrailARNInvalidException`,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let name = input.trail_name.as_deref();
    let key = to_read(world, caller, "cloudtrail:GetEventSelectors", name)?;
    let trail = world.cloudtrail.trails.get(&key);
    let trail = trail.ok_or_else(|| trail_not_found(&key.name, key.account))?;
    Ok(Output::of(key.arn(), &trail.selectors))
}

//! DescribeTrails.

use serde::{Deserialize, Serialize};

use super::TrailDescription;
use crate::cloudtrail::name::{find, seen_in};
use crate::kernel::{Access, Caller, ServiceError, World};

/// What DescribeTrails reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Input {
    /// Names of trails of the Region that is called, or ARNs; all trails when absent or empty.
    pub trail_name_list: Option<Vec<String>>,
    /// Whether trails of other Regions that record this Region's events are told as well; true when
    /// absent.
    pub include_shadow_trails: Option<bool>,
}

/// What DescribeTrails answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// The trails, by home Region and name, or in the order of the request.
    pub trail_list: Vec<TrailDescription>,
}

/// Tells the settings of trails; a trail that is not there is left out.
///
/// # Errors
/// `InvalidTrailNameException`, `CloudTrailARNInvalidException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    world.authorize(caller, Access::to("cloudtrail:DescribeTrails", "*"))?;
    let shadows = input.include_shadow_trails.unwrap_or(true);
    let names = input.trail_name_list.unwrap_or_default();
    if names.is_empty() {
        let trails = seen_in(world, caller.account, &caller.region)
            .filter(|trail| shadows || trail.key.region == caller.region);
        return Ok(Output { trail_list: trails.map(TrailDescription::of).collect() });
    }
    let mut trail_list = Vec::new();
    for name in names {
        let key = match find(world, caller, Some(&name)) {
            Ok(key) => key,
            Err(error) if error.code == "TrailNotFoundException" => continue,
            Err(error) => return Err(error),
        };
        if let Some(trail) = world.cloudtrail.trails.get(&key)
            && (shadows || trail.key.region == caller.region)
        {
            trail_list.push(TrailDescription::of(trail));
        }
    }
    Ok(Output { trail_list })
}

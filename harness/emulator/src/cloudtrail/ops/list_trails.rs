//! ListTrails.

use serde::{Deserialize, Serialize};

use crate::cloudtrail::name::key_of_arn;
use crate::kernel::{Access, Caller, ServiceError, World};

/// What ListTrails reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The token of the page before.
    pub next_token: Option<String>,
}

/// What ListTrails answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Trails of all Regions, by home Region and name.
    pub trails: Vec<TrailInfo>,
    /// The token of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What the list tells of a trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TrailInfo {
    /// Its ARN.
    #[serde(rename = "TrailARN")]
    pub trail_arn: String,
    /// Its name.
    pub name: String,
    /// Where it was created.
    pub home_region: String,
}

/// Lists the trails of the account, of all Regions; a page begins behind the trail whose ARN the
/// token is.
///
/// # Errors
/// `InvalidNextTokenException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    world.authorize(caller, Access::to("cloudtrail:ListTrails", "*"))?;
    let after = input.next_token.as_deref().map(key_of_arn).transpose().map_err(|_| {
        ServiceError::client("InvalidNextTokenException", "The specified NextToken is invalid.")
    })?;
    let mut all = world
        .cloudtrail
        .trails_of(caller.account)
        .map(|trail| &trail.key)
        .filter(|key| after.as_ref().is_none_or(|after| *key > after));
    let shown: Vec<_> = all.by_ref().take(world.settings.cloudtrail.page_size.max(1)).collect();
    let more = all.next().is_some();
    Ok(Output {
        next_token: shown.last().filter(|_| more).map(|key| key.arn()),
        trails: shown
            .into_iter()
            .map(|key| TrailInfo {
                trail_arn: key.arn(),
                name: key.name.to_string(),
                home_region: key.region.to_string(),
            })
            .collect(),
    })
}

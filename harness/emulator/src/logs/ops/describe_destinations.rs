//! DescribeDestinations.

use serde::{Deserialize, Serialize};

use super::put_destination::{Described, describe};
use crate::kernel::{Access, Caller, ServiceError, Validation, World, arn};
use crate::logs::error::finish;
use crate::logs::names::check_limit;
use crate::logs::page::page;
use crate::logs::{Destination, DestinationKey};

/// What DescribeDestinations reads.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Input {
    /// What the names begin with; AWS spells this member with a capital.
    #[serde(rename = "DestinationNamePrefix")]
    pub destination_name_prefix: Option<String>,
    /// 1 to 50; 50 when absent.
    pub limit: Option<i64>,
    /// Where the last page ended.
    #[serde(rename = "nextToken")]
    pub next_token: Option<String>,
}

/// What DescribeDestinations answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// The destinations, by name.
    pub destinations: Vec<Described>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Lists the caller's destinations.
///
/// # Errors
/// `InvalidParameterException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut check = Validation::new();
    let limit = check_limit(&mut check, input.limit, 50, 50);
    finish(check)?;
    let all = arn("logs", &caller.region, caller.account, "destination:*");
    world.authorize(caller, Access::to("logs:DescribeDestinations", &all))?;
    let prefix = input.destination_name_prefix.as_deref().unwrap_or_default();
    let first = DestinationKey::new(caller.account, &caller.region, "");
    let wanted = world
        .logs
        .destinations
        .range(first..)
        .take_while(|(key, _)| key.account == caller.account && key.region == caller.region)
        .filter(|(key, _)| key.name.starts_with(prefix));
    let name = |(key, _): &(&DestinationKey, &Destination)| key.name.to_string();
    let page = page(world.now, wanted, name, input.next_token.as_ref(), limit)?;
    let destinations = page.items.into_iter().map(|(key, found)| describe(key, found)).collect();
    Ok(Output { destinations, next_token: page.next_token })
}

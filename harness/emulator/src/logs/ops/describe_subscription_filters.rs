//! DescribeSubscriptionFilters.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::names::{check_group, check_limit, group_key_checked};
use crate::logs::page::page;
use crate::logs::{Distribution, GroupKey, SubscriptionFilter};

/// What DescribeSubscriptionFilters reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group.
    pub log_group_name: Option<String>,
    /// What the names begin with.
    pub filter_name_prefix: Option<String>,
    /// 1 to 50; 50 when absent.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub next_token: Option<String>,
}

/// What DescribeSubscriptionFilters answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// The filters, by name.
    pub subscription_filters: Vec<Described>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// One subscription filter.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Described {
    /// Its name.
    pub filter_name: String,
    /// The log group.
    pub log_group_name: String,
    /// The pattern as it was given.
    pub filter_pattern: String,
    /// Where the events go.
    pub destination_arn: String,
    /// The role with which they go there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// How they are spread over shards.
    pub distribution: Distribution,
    /// Always false: there are no log transformers here.
    pub apply_on_transformed_logs: bool,
    /// When it was first made, in milliseconds.
    pub creation_time: i64,
}

/// Lists the subscription filters of a log group.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut check = Validation::new();
    check_group(&mut check, "logGroupName", input.log_group_name.as_ref());
    let limit = check_limit(&mut check, input.limit, 50, 50);
    let key = group_key_checked(caller, input.log_group_name.as_ref(), check)?;
    world.authorize(caller, Access::to("logs:DescribeSubscriptionFilters", &key.access_arn()))?;
    let prefix = input.filter_name_prefix.as_deref().unwrap_or_default();
    let filters = world.log_group(&key)?.filters.iter();
    let wanted = filters.filter(|(name, _)| name.starts_with(prefix));
    let name = |(name, _): &(&Arc<str>, &SubscriptionFilter)| name.to_string();
    let page = page(world.now, wanted, name, input.next_token.as_ref(), limit)?;
    let described = page.items.into_iter().map(|(name, filter)| describe(&key, name, filter));
    Ok(Output { subscription_filters: described.collect(), next_token: page.next_token })
}

fn describe(key: &GroupKey, name: &str, filter: &SubscriptionFilter) -> Described {
    Described {
        filter_name: name.to_owned(),
        log_group_name: key.name.to_string(),
        filter_pattern: filter.pattern.text().to_owned(),
        destination_arn: filter.destination_arn.clone(),
        role_arn: filter.role_arn.clone(),
        distribution: filter.distribution,
        apply_on_transformed_logs: false,
        creation_time: filter.creation_time.ms(),
    }
}

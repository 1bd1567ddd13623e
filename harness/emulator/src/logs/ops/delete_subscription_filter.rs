//! DeleteSubscriptionFilter.

use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::error::not_found;
use crate::logs::names::{check_group, check_plain, group_key_checked};

/// What DeleteSubscriptionFilter reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group.
    pub log_group_name: Option<String>,
    /// The filter.
    pub filter_name: Option<String>,
}

/// Removes a subscription filter; what it has put on its way is given up when its time comes.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut check = Validation::new();
    check_group(&mut check, "logGroupName", input.log_group_name.as_ref());
    check_plain(&mut check, "filterName", input.filter_name.as_ref());
    let key = group_key_checked(caller, input.log_group_name.as_ref(), check)?;
    let name = input.filter_name.unwrap_or_default();
    world.authorize(caller, Access::to("logs:DeleteSubscriptionFilter", &key.access_arn()))?;
    let group = world.log_group_mut(&key)?;
    group.filters.remove(name.as_str()).ok_or_else(|| not_found("subscription filter"))?;
    world.trace("delete subscription filter", &key.arn(), name.as_bytes());
    Ok(())
}

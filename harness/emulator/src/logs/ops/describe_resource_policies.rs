//! DescribeResourcePolicies.

use serde::{Deserialize, Serialize};

use super::put_resource_policy::{Described, describe_account, describe_group};
use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::GroupKey;
use crate::logs::error::{finish, not_in_enum};
use crate::logs::names::check_limit;
use crate::logs::page::page;

/// What DescribeResourcePolicies reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// `ACCOUNT` (default) or `RESOURCE`.
    pub policy_scope: Option<String>,
    /// Only that of this log group.
    pub resource_arn: Option<String>,
    /// 1 to 50; 50 when absent.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub next_token: Option<String>,
}

/// What DescribeResourcePolicies answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// The policies, by name or log group.
    pub resource_policies: Vec<Described>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Lists the resource policies of the caller's account.
///
/// # Errors
/// `InvalidParameterException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut check = Validation::new();
    let limit = check_limit(&mut check, input.limit, 50, 50);
    finish(check)?;
    let of_groups = match input.policy_scope.as_deref() {
        None => input.resource_arn.is_some(),
        Some("ACCOUNT") => false,
        Some("RESOURCE") => true,
        Some(_) => return Err(not_in_enum("policyScope", &["ACCOUNT", "RESOURCE"])),
    };
    world.authorize(caller, Access::to("logs:DescribeResourcePolicies", "*"))?;
    let all = if of_groups {
        group_policies(world, caller, &input)
    } else {
        account_policies(world, caller)
    };
    let name = |policy: &Described| {
        policy.policy_name.clone().or_else(|| policy.resource_arn.clone()).unwrap_or_default()
    };
    let page = page(world.now, all.into_iter(), name, input.next_token.as_ref(), limit)?;
    Ok(Output { resource_policies: page.items, next_token: page.next_token })
}

fn account_policies(world: &World, caller: &Caller) -> Vec<Described> {
    let place = (caller.account, caller.region.clone());
    let policies = world.logs.resource_policies.get(&place).into_iter();
    policies
        .flat_map(|policies| &policies.by_name)
        .map(|(name, policy)| describe_account(name, policy))
        .collect()
}

fn group_policies(world: &World, caller: &Caller, input: &Input) -> Vec<Described> {
    let wanted = input.resource_arn.as_deref().map(GroupKey::from_arn);
    world
        .logs
        .groups
        .iter()
        .filter(|(key, _)| key.account == caller.account && key.region == caller.region)
        .filter(|(key, _)| wanted.as_ref().is_none_or(|wanted| wanted.as_ref() == Some(key)))
        .filter_map(|(key, group)| Some(describe_group(key, group.policy.as_ref()?)))
        .collect()
}

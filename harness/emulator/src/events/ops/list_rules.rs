//! ListRules (guardduty reference, §6).

use serde::{Deserialize, Serialize};

use super::describe_rule;
use crate::events::bus::{check_bus, named};
use crate::events::page;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// Which rules.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// With what their names begin.
    pub name_prefix: Option<String>,
    /// The name or ARN of their bus.
    pub event_bus_name: Option<String>,
    /// The token of the page before.
    pub next_token: Option<String>,
    /// How many at the most: 1 to 100.
    pub limit: Option<i64>,
}

/// A page of rules, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The rules.
    pub rules: Vec<describe_rule::Output>,
    /// The token of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Lists the rules of a bus.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException` without the bus, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    check_bus(&mut validation, "eventBusName", input.event_bus_name.as_deref());
    let limit = page::limit(&mut validation, input.limit);
    validation.finish()?;
    let key = named(caller, input.event_bus_name.as_deref());
    world.authorize(caller, Access::to("events:ListRules", &key.rule_arn("*")))?;
    let prefix = input.name_prefix.unwrap_or_default();
    let bus = world.bus_mut(&key)?;
    let rules = bus.rules.iter().filter(|(name, _)| name.starts_with(&prefix));
    let rules =
        rules.map(|(name, rule)| (name.clone(), describe_rule::Output::of(rule, &key.name)));
    let (rules, next_token) = page::page(rules, input.next_token.as_ref(), limit)?;
    Ok(Output { rules, next_token })
}

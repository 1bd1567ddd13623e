//! ListRuleNamesByTarget (guardduty reference, §6).

use serde::{Deserialize, Serialize};

use crate::events::bus::{check_bus, named};
use crate::events::page;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// Which target.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// Its ARN.
    pub target_arn: Option<String>,
    /// The name or ARN of the bus of the rules.
    pub event_bus_name: Option<String>,
    /// The token of the page before.
    pub next_token: Option<String>,
    /// How many at the most: 1 to 100.
    pub limit: Option<i64>,
}

/// A page of names of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The names.
    pub rule_names: Vec<String>,
    /// The token of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Lists the rules that deliver to a target.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException` without the bus, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    validation.required("targetArn", input.target_arn.as_ref());
    validation.length("targetArn", input.target_arn.as_deref().unwrap_or("-"), 1, 1_600);
    check_bus(&mut validation, "eventBusName", input.event_bus_name.as_deref());
    let limit = page::limit(&mut validation, input.limit);
    validation.finish()?;
    let key = named(caller, input.event_bus_name.as_deref());
    world.authorize(caller, Access::to("events:ListRuleNamesByTarget", &key.rule_arn("*")))?;
    let arn = input.target_arn.unwrap_or_default();
    let bus = world.bus_mut(&key)?;
    let rules = bus.rules.iter().filter(|(_, rule)| rule.targets.values().any(|t| t.arn() == arn));
    let names = rules.map(|(name, _)| (name.clone(), name.clone()));
    let (rule_names, next_token) = page::page(names, input.next_token.as_ref(), limit)?;
    Ok(Output { rule_names, next_token })
}

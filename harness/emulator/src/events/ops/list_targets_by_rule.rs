//! ListTargetsByRule (guardduty reference, §6).

use serde::{Deserialize, Serialize};

use crate::events::rule::{Named, check};
use crate::events::{TargetInput, page};
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// The targets of which rule.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The name of the rule.
    pub rule: Option<String>,
    /// The name or ARN of its bus.
    pub event_bus_name: Option<String>,
    /// The token of the page before.
    pub next_token: Option<String>,
    /// How many at the most: 1 to 100.
    pub limit: Option<i64>,
}

/// A page of targets, by id.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The targets.
    pub targets: Vec<TargetInput>,
    /// The token of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Lists the targets of a rule.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException` without the rule, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    check(&mut validation, "rule", input.rule.as_ref(), input.event_bus_name.as_ref());
    let limit = page::limit(&mut validation, input.limit);
    validation.finish()?;
    let named = Named::of(caller, input.rule.as_ref(), input.event_bus_name.as_ref());
    world.authorize(caller, Access::to("events:ListTargetsByRule", &named.arn))?;
    let rule = named.find(world)?;
    let targets = rule.targets.iter().map(|(id, target)| (id.clone(), target.given.clone()));
    let (targets, next_token) = page::page(targets, input.next_token.as_ref(), limit)?;
    Ok(Output { targets, next_token })
}

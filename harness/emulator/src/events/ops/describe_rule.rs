//! DescribeRule (guardduty reference, §6).

use serde::Serialize;

use super::RuleInput as Input;
use crate::events::rule::{Named, Rule};
use crate::kernel::{Caller, ServiceError, World};

/// A rule as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Which events it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_pattern: Option<String>,
    /// When it is fired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule_expression: Option<String>,
    /// Whether it is asked.
    pub state: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The role with which its targets are reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// The name of its bus.
    pub event_bus_name: String,
    /// Who made it; lists leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
}

impl Output {
    /// The rule as it is told of.
    pub(in crate::events) fn of(rule: &Rule, bus: &str) -> Self {
        Self {
            name: rule.name.clone(),
            arn: rule.arn.clone(),
            event_pattern: rule.pattern.as_ref().map(|(text, _)| text.clone()),
            schedule_expression: rule.schedule.clone(),
            state: rule.state.clone(),
            description: rule.description.clone(),
            role_arn: rule.role_arn.clone(),
            event_bus_name: bus.to_owned(),
            created_by: None,
        }
    }
}

/// Describes a rule.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let (name, bus) = (input.name.as_ref(), input.event_bus_name.as_ref());
    let named = Named::read(world, caller, "events:DescribeRule", "name", name, bus)?;
    let rule = named.find(world)?;
    let created_by = Some(named.bus.account.to_string());
    Ok(Output { created_by, ..Output::of(&rule, &named.bus.name) })
}

//! RemoveTargets (guardduty reference, §6).

use serde::Deserialize;

use super::put_targets::{FailedEntry, Output};
use crate::events::error::check_count;
use crate::events::rule::{Named, check};
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// Which targets of which rule.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The name of the rule.
    pub rule: Option<String>,
    /// The name or ARN of its bus.
    pub event_bus_name: Option<String>,
    /// 1 to 100 ids.
    pub ids: Option<Vec<String>>,
    /// Also from a rule that AWS manages; there are none here.
    pub force: Option<bool>,
}

/// Removes targets from a rule.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException` without the rule, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    check(&mut validation, "rule", input.rule.as_ref(), input.event_bus_name.as_ref());
    validation.required("ids", input.ids.as_ref());
    if let Some(ids) = &input.ids {
        check_count(&mut validation, "ids", ids.len(), 1, 100);
    }
    validation.finish()?;
    let named = Named::of(caller, input.rule.as_ref(), input.event_bus_name.as_ref());
    world.authorize(caller, Access::to("events:RemoveTargets", &named.arn))?;
    let ids = input.ids.unwrap_or_default();
    let shown = ids.join(",");
    let failed_entries = named.change(world, |rule| {
        let missing: Vec<String> =
            ids.into_iter().filter(|id| rule.targets.remove(id).is_none()).collect();
        missing
            .into_iter()
            .map(|id| FailedEntry {
                error_code: "ResourceNotFoundException".to_owned(),
                error_message: format!("Rule {} does not have a target {id}.", rule.name),
                target_id: id,
            })
            .collect::<Vec<_>>()
    })?;
    world.trace("events.untargeted", &named.arn, shown.as_bytes());
    Ok(Output { failed_entry_count: failed_entries.len(), failed_entries })
}

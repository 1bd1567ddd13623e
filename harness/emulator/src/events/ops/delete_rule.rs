//! DeleteRule (guardduty reference, §6).

use serde::Deserialize;

use crate::events::error::invalid;
use crate::events::rule::Named;
use crate::kernel::{Caller, ServiceError, World};

/// Which rule.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// Its name.
    pub name: Option<String>,
    /// The name or ARN of its bus.
    pub event_bus_name: Option<String>,
    /// Also a rule that AWS manages; there are none here.
    pub force: Option<bool>,
}

/// Deletes a rule that has no targets any more; one that is not there is deleted already.
///
/// # Errors
/// `ValidationException` while it has targets, `ResourceNotFoundException` without the bus,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let (name, bus) = (input.name.as_ref(), input.event_bus_name.as_ref());
    let named = Named::read(world, caller, "events:DeleteRule", "name", name, bus)?;
    let rules = &mut world.bus_mut(&named.bus)?.rules;
    if rules.get(&named.rule).is_some_and(|rule| !rule.targets.is_empty()) {
        return Err(invalid("Rule can't be deleted since it has targets."));
    }
    rules.remove(&named.rule);
    world.trace("events.rule", &named.arn, b"deleted");
    Ok(())
}

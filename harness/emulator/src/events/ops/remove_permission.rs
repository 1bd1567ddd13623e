//! RemovePermission.

use serde::Deserialize;
use serde_json::Value;

use crate::events::bus::{check_bus, named};
use crate::events::error::invalid;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// Which statement.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// Its id.
    pub statement_id: Option<String>,
    /// Whether all are removed.
    pub remove_all_permissions: Option<bool>,
    /// The name or ARN of the bus.
    pub event_bus_name: Option<String>,
}

/// Removes a statement from the policy of a bus, or all of them.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException` without the bus or the statement,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check_bus(&mut validation, "eventBusName", input.event_bus_name.as_deref());
    validation.finish()?;
    let key = named(caller, input.event_bus_name.as_deref());
    world.authorize(caller, Access::to("events:RemovePermission", &key.arn()))?;
    let now = world.now;
    let bus = world.bus_mut(&key)?;
    if input.remove_all_permissions == Some(true) {
        bus.set_statements(&key, Vec::new())?;
    } else {
        let Some(id) = &input.statement_id else {
            return Err(invalid("Parameter StatementId must be specified."));
        };
        if bus.statements.is_empty() {
            return Err(ServiceError::client(
                "ResourceNotFoundException",
                "EventBus does not have a policy.",
            ));
        }
        let mut statements = bus.statements.clone();
        statements.retain(|old| old.get("Sid").and_then(Value::as_str) != Some(id));
        if statements.len() == bus.statements.len() {
            return Err(ServiceError::client(
                "ResourceNotFoundException",
                "Statement with the provided id does not exist.",
            ));
        }
        bus.set_statements(&key, statements)?;
    }
    bus.modified = now;
    world.trace("events.permission", &key.arn(), b"removed");
    Ok(())
}

//! DeleteEventBus.

use serde::Deserialize;

use crate::events::bus::{DEFAULT_BUS, check_bus, named};
use crate::events::error::invalid;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// Which bus.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// Its name.
    pub name: Option<String>,
}

/// Deletes a custom bus that has no rules any more; one that is not there is deleted already.
///
/// # Errors
/// `ValidationException` for the default bus and while there are rules, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    validation.required("name", input.name.as_ref());
    check_bus(&mut validation, "name", input.name.as_deref());
    validation.finish()?;
    let key = named(caller, input.name.as_deref());
    if key.name == DEFAULT_BUS {
        return Err(invalid("Cannot delete event bus default."));
    }
    world.authorize(caller, Access::to("events:DeleteEventBus", &key.arn()))?;
    if world.events.buses.get(&key).is_some_and(|bus| !bus.rules.is_empty()) {
        return Err(invalid("Event bus can't be deleted since it has rules."));
    }
    world.events.buses.remove(&key);
    world.trace("events.bus", &key.arn(), b"deleted");
    Ok(())
}

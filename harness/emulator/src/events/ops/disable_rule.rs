//! DisableRule (guardduty reference, §6).

use super::RuleInput as Input;
use crate::events::rule::Named;
use crate::kernel::{Caller, ServiceError, World};

/// Has a rule no longer asked about events.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let (name, bus) = (input.name.as_ref(), input.event_bus_name.as_ref());
    let named = Named::read(world, caller, "events:DisableRule", "name", name, bus)?;
    named.change(world, |rule| "DISABLED".clone_into(&mut rule.state))?;
    world.trace("events.state", &named.arn, b"DISABLED");
    Ok(())
}

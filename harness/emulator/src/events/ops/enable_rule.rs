//! EnableRule (guardduty reference, §6).

use super::RuleInput as Input;
use crate::events::rule::Named;
use crate::events::schedule;
use crate::kernel::{Caller, ServiceError, World};

/// Has a rule asked about events.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let (name, bus) = (input.name.as_ref(), input.event_bus_name.as_ref());
    let named = Named::read(world, caller, "events:EnableRule", "name", name, bus)?;
    if named.find(world)?.schedule.is_some() {
        return Err(schedule::not_fired());
    }
    named.change(world, |rule| "ENABLED".clone_into(&mut rule.state))?;
    world.trace("events.state", &named.arn, b"ENABLED");
    Ok(())
}

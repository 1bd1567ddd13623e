//! TestEventPattern (guardduty reference, §6).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::events::error::invalid;
use crate::events::pattern::Pattern;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// What every event has.
const FIELDS: [&str; 7] = ["id", "account", "source", "time", "region", "resources", "detail-type"];

/// A pattern and an event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The pattern.
    pub event_pattern: Option<String>,
    /// The event, as JSON, with all that every event has.
    pub event: Option<String>,
}

/// Whether they match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Whether they match.
    pub result: bool,
}

/// Tells whether an event matches a pattern.
///
/// # Errors
/// `ValidationException`, `InvalidEventPatternException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    validation.required("eventPattern", input.event_pattern.as_ref());
    validation.length("eventPattern", input.event_pattern.as_deref().unwrap_or_default(), 0, 4_096);
    validation.required("event", input.event.as_ref());
    validation.finish()?;
    world.authorize(caller, Access::to("events:TestEventPattern", "*"))?;
    let pattern = Pattern::parse(input.event_pattern.as_deref().unwrap_or_default())
        .map_err(|error| ServiceError::client("InvalidEventPatternException", error.to_string()))?;
    let event: Value = serde_json::from_str(input.event.as_deref().unwrap_or_default())
        .map_err(|_| invalid("Parameter Event is not valid. Reason: Event is not valid JSON."))?;
    if let Some(missing) = FIELDS.iter().find(|field| event.get(**field).is_none()) {
        return Err(invalid(format!(
            "Parameter Event is not valid. Reason: {missing} is a required field."
        )));
    }
    Ok(Output { result: pattern.matches(&event) })
}

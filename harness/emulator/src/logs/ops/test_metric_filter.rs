//! TestMetricFilter.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::error::{finish, invalid};
use crate::logs::pattern::Pattern;

/// The most messages of one call.
const MESSAGES_MAX: usize = 50;

/// What TestMetricFilter reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The pattern: at most 1,024 characters.
    pub filter_pattern: Option<String>,
    /// 1 to 50 messages.
    pub log_event_messages: Option<Vec<String>>,
}

/// What TestMetricFilter answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Output {
    /// The messages that match.
    pub matches: Vec<Match>,
}

/// One message that matches.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Match {
    /// Its place among the messages, from 1.
    pub event_number: usize,
    /// The message.
    pub event_message: String,
    /// The fields of a space-delimited pattern: `$name`, or `$1` where it has no name.
    pub extracted_values: Map<String, Value>,
}

/// Says which of some messages match a pattern; no log group takes part.
///
/// # Errors
/// `InvalidParameterException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let messages = input.log_event_messages.as_deref().unwrap_or_default();
    let mut check = Validation::new();
    check.required("filterPattern", input.filter_pattern.as_ref());
    check.length("filterPattern", input.filter_pattern.as_deref().unwrap_or_default(), 0, 1024);
    check.required("logEventMessages", input.log_event_messages.as_ref());
    if input.log_event_messages.is_some() && !(1..=MESSAGES_MAX).contains(&messages.len()) {
        let constraint = "Member must have length between 1 and 50";
        check.fail("logEventMessages", &"[...]", constraint);
    }
    finish(check)?;
    let pattern = Pattern::parse(input.filter_pattern.as_deref().unwrap_or_default())
        .map_err(|error| invalid(error.for_metrics()))?;
    world.authorize(caller, Access::to("logs:TestMetricFilter", "*"))?;
    let matching = messages.iter().enumerate().filter_map(|(place, message)| {
        let values = pattern.extract(message)?;
        Some(Match {
            event_number: place + 1,
            event_message: message.clone(),
            extracted_values: values.into_iter().map(|(k, v)| (k, v.into())).collect(),
        })
    });
    Ok(Output { matches: matching.collect() })
}

//! PutEvents (guardduty reference, §6).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tributary_vocabulary::Timestamp;

use crate::events::bus::{BusKey, check_bus, named};
use crate::events::error::{check_count, invalid};
use crate::events::route::{Arriving, route};
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// The most bytes of one call.
const BYTES_MAX: usize = 262_144;

/// Events for one or more buses.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// 1 to 10 events.
    pub entries: Option<Vec<Entry>>,
    /// Not offered: an endpoint over two Regions.
    pub endpoint_id: Option<String>,
}

/// One event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Entry {
    /// When it happened, in epoch seconds; now when absent.
    pub time: Option<f64>,
    /// Who says so; not `aws.…`.
    pub source: Option<String>,
    /// What it is about.
    pub resources: Option<Vec<String>>,
    /// What sort it is.
    pub detail_type: Option<String>,
    /// The rest: an object, as JSON.
    pub detail: Option<String>,
    /// The name or ARN of the bus.
    pub event_bus_name: Option<String>,
    /// Goes with traces; nothing is traced here.
    pub trace_header: Option<String>,
}

/// What became of each event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// How many were refused.
    pub failed_entry_count: usize,
    /// One for each event, in their order.
    pub entries: Vec<ResultEntry>,
}

/// What became of one event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResultEntry {
    /// Its id, when it was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    /// Why it was refused, as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// Why it was refused, as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

/// Puts events on buses. An event for a bus that is not there is taken, and goes nowhere.
///
/// # Errors
/// `ValidationException`; `AccessDeniedException` when the caller may not put events on a bus.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    validate(&input)?;
    let entries = input.entries.unwrap_or_default();
    for entry in &entries {
        let bus = named(caller, entry.event_bus_name.as_deref());
        world.authorize(caller, Access::to("events:PutEvents", &bus.arn()))?;
    }
    let mut output = Output { failed_entry_count: 0, entries: Vec::with_capacity(entries.len()) };
    for entry in entries {
        let result = match put(world, caller, &entry) {
            Ok(id) => ResultEntry { event_id: Some(id), ..ResultEntry::default() },
            Err((code, message)) => {
                output.failed_entry_count += 1;
                ResultEntry {
                    error_code: Some(code.to_owned()),
                    error_message: Some(message),
                    ..ResultEntry::default()
                }
            }
        };
        output.entries.push(result);
    }
    Ok(output)
}

fn validate(input: &Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    validation.required("entries", input.entries.as_ref());
    let entries = input.entries.as_deref().unwrap_or_default();
    if input.entries.is_some() {
        check_count(&mut validation, "entries", entries.len(), 1, 10);
    }
    for (place, entry) in entries.iter().enumerate() {
        let path = format!("entries.{}.member.eventBusName", place + 1);
        check_bus(&mut validation, &path, entry.event_bus_name.as_deref());
    }
    validation.finish()?;
    if input.endpoint_id.is_some() {
        return Err(invalid("EndpointId is not supported by this emulator; leave it out."));
    }
    if entries.iter().map(Entry::bytes).sum::<usize>() > BYTES_MAX {
        return Err(invalid("Total size of the entries in the request is over the limit."));
    }
    Ok(())
}

impl Entry {
    /// Its size as AWS counts it: 14 for a time, and its texts.
    fn bytes(&self) -> usize {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let resources = self.resources.iter().flatten().map(String::len).sum::<usize>();
        let time = if self.time.is_some() { 14 } else { 0 };
        time + length(&self.source) + length(&self.detail_type) + length(&self.detail) + resources
    }
}

fn put(
    world: &mut World,
    caller: &Caller,
    entry: &Entry,
) -> Result<String, (&'static str, String)> {
    let needed = [("Source", &entry.source), ("DetailType", &entry.detail_type)];
    for (name, text) in needed.into_iter().chain([("Detail", &entry.detail)]) {
        if text.as_ref().is_none_or(String::is_empty) {
            let message =
                format!("Parameter {name} is not valid. Reason: {name} is a required argument.");
            return Err(("InvalidArgument", message));
        }
    }
    let source = entry.source.as_deref().unwrap_or_default();
    if source.starts_with("aws.") {
        let message = "Not authorized for the source.".to_owned();
        return Err(("NotAuthorizedForSourceException", message));
    }
    let detail = entry.detail.as_deref().unwrap_or_default();
    let Ok(Value::Object(detail)) = serde_json::from_str(detail) else {
        return Err(("MalformedDetail", "Detail is malformed.".to_owned()));
    };
    let bus = named(caller, entry.event_bus_name.as_deref());
    #[expect(clippy::cast_possible_truncation, reason = "saturates, and is a time in ms")]
    let at = entry.time.map_or(world.now, |s| Timestamp::from_ms((s * 1000.0) as i64));
    let id = world.events.ids.uuid();
    let event = envelope(caller, &bus, entry, &id, at, detail);
    let text = event.to_string();
    route(world, &bus, &Arriving { text: &text, event: &event, at, hops: 0 });
    Ok(id)
}

fn envelope(
    caller: &Caller,
    bus: &BusKey,
    entry: &Entry,
    id: &str,
    at: Timestamp,
    detail: Map<String, Value>,
) -> Value {
    let mut event = Map::new();
    let mut set = |name: &str, value: Value| {
        event.insert(name.to_owned(), value);
    };
    set("version", "0".into());
    set("id", id.into());
    set("detail-type", entry.detail_type.as_deref().unwrap_or_default().into());
    set("source", entry.source.as_deref().unwrap_or_default().into());
    set("account", caller.account.as_str().into());
    set("time", at.format("%Y-%m-%dT%H:%M:%SZ").into());
    set("region", bus.region.as_str().into());
    set("resources", entry.resources.clone().unwrap_or_default().into());
    set("detail", Value::Object(detail));
    Value::Object(event)
}

//! LookupEvents.

use serde::{Deserialize, Serialize};
use tributary_vocabulary::{HOUR_MS, Timestamp};

use crate::cloudtrail::history::Remembered;
use crate::kernel::{Access, Caller, ServiceError, World};

/// How far back events are found.
const HISTORY_MS: i64 = 90 * 24 * HOUR_MS;
/// The most events of a page, and how many come when nothing is said.
const PAGE_MAX: i64 = 50;
const KEYS: [&str; 8] = [
    "EventId",
    "EventName",
    "ReadOnly",
    "Username",
    "ResourceType",
    "ResourceName",
    "EventSource",
    "AccessKeyId",
];

/// What LookupEvents reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// At most one attribute.
    pub lookup_attributes: Option<Vec<LookupAttribute>>,
    /// Events from this time on, in epoch seconds.
    pub start_time: Option<f64>,
    /// Events until this time.
    pub end_time: Option<f64>,
    /// Not supported: Insights.
    pub event_category: Option<String>,
    /// 1 to 50.
    pub max_results: Option<i64>,
    /// The token of the page before.
    pub next_token: Option<String>,
}

/// What an event has to have.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct LookupAttribute {
    /// Such as `EventName`.
    pub attribute_key: String,
    /// The value.
    pub attribute_value: String,
}

/// What LookupEvents answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The events, the latest first.
    pub events: Vec<Event>,
    /// The token of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// An event of the history.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Event {
    /// `eventID`.
    pub event_id: String,
    /// `eventName`.
    pub event_name: String,
    /// `readOnly`, as a text.
    pub read_only: String,
    /// The access key of the caller.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub access_key_id: String,
    /// When it happened, in epoch seconds.
    pub event_time: f64,
    /// `eventSource`.
    pub event_source: String,
    /// The user, the session of the role, or `root`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub username: String,
    /// The resources that it names.
    pub resources: Vec<EventResource>,
    /// The whole record.
    pub cloud_trail_event: String,
}

/// A resource that an event names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EventResource {
    /// Such as `AWS::S3::Bucket`.
    pub resource_type: String,
    /// Its ARN.
    pub resource_name: String,
}

/// Finds management events of the last 90 days of the Region that is called, recorded by a trail or
/// not; here only the latest are kept (setting `history_events`).
///
/// # Errors
/// `InvalidLookupAttributesException`, `InvalidTimeRangeException`, `InvalidMaxResultsException`,
/// `InvalidNextTokenException`, `InvalidEventCategoryException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let attribute = check(&input)?;
    let limit = usize::try_from(input.max_results.unwrap_or(PAGE_MAX)).unwrap_or(0);
    let before = input.next_token.as_deref().map(read_token).transpose()?;
    world.authorize(caller, Access::to("cloudtrail:LookupEvents", "*"))?;
    let from = input.start_time.unwrap_or(f64::MIN);
    let from = from.max(world.now.plus_ms(-HISTORY_MS).epoch_seconds());
    let until = input.end_time.unwrap_or(f64::MAX);
    let found = world.cloudtrail.history.of(caller.account, &caller.region);
    let mut found = found
        .into_iter()
        .filter(|event| (from..=until).contains(&event.at.epoch_seconds()))
        .filter(|event| before.is_none_or(|before| (event.at, event.number) < before))
        .map(|event| (event, Event::of(event)))
        .filter(|(_, event)| attribute.is_none_or(|wanted| event.has(wanted)));
    let page: Vec<_> = found.by_ref().take(limit).collect();
    let more = found.next().is_some();
    let last = page.last().filter(|_| more);
    let next_token = last.map(|(event, _)| format!("{}.{}", event.at.ms(), event.number));
    Ok(Output { events: page.into_iter().map(|(_, event)| event).collect(), next_token })
}

fn check(input: &Input) -> Result<Option<&LookupAttribute>, ServiceError> {
    let attributes = input.lookup_attributes.as_deref().unwrap_or_default();
    let refused = |message: &str| ServiceError::client("InvalidLookupAttributesException", message);
    if attributes.len() > 1 {
        return Err(refused("You can only specify one lookup attribute."));
    }
    let attribute = attributes.first();
    if let Some(LookupAttribute { attribute_key, attribute_value }) = attribute {
        if !KEYS.contains(&attribute_key.as_str()) {
            return Err(refused(&format!(
                "The AttributeKey has to be one of {}, not {attribute_key}.",
                KEYS.join(", ")
            )));
        }
        if !(1..=2000).contains(&attribute_value.chars().count()) {
            return Err(refused("The AttributeValue has to have 1 to 2,000 characters."));
        }
    }
    if input.event_category.is_some() {
        let message = "Insights events are not emulated here; leave EventCategory out.";
        return Err(ServiceError::client("InvalidEventCategoryException", message));
    }
    if input.max_results.is_some_and(|most| !(1..=PAGE_MAX).contains(&most)) {
        let message = format!("MaxResults has to lie between 1 and {PAGE_MAX}.");
        return Err(ServiceError::client("InvalidMaxResultsException", message));
    }
    if input.start_time.zip(input.end_time).is_some_and(|(start, end)| start > end) {
        let message = "The start time has to lie before the end time.";
        return Err(ServiceError::client("InvalidTimeRangeException", message));
    }
    Ok(attribute)
}

/// The time and the number of the last event of the page before.
fn read_token(token: &str) -> Result<(Timestamp, u64), ServiceError> {
    let parts = token.split_once('.');
    let read = parts.and_then(|(at, number)| Some((at.parse().ok()?, number.parse().ok()?)));
    let (at, number) = read.ok_or_else(|| {
        ServiceError::client("InvalidNextTokenException", "The specified NextToken is invalid.")
    })?;
    Ok((Timestamp::from_ms(at), number))
}

impl Event {
    fn of(event: &Remembered) -> Self {
        // Only records that could be read are remembered.
        let record: serde_json::Value = serde_json::from_str(&event.message).unwrap_or_default();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let identity = &record["userIdentity"];
        let user = text(&identity["userName"]);
        let session = text(&identity["principalId"]);
        let username = match identity["type"].as_str() {
            Some("Root") => "root".to_owned(),
            Some("AssumedRole") => {
                session.split_once(':').map(|(_, name)| name.to_owned()).unwrap_or_default()
            }
            _ => user,
        };
        let resources = record["resources"].as_array().map(Vec::as_slice).unwrap_or_default();
        let resource = |found: &serde_json::Value| EventResource {
            resource_type: text(&found["type"]),
            resource_name: text(&found["ARN"]),
        };
        Self {
            event_id: text(&record["eventID"]),
            event_name: text(&record["eventName"]),
            read_only: (record["readOnly"] == true).to_string(),
            access_key_id: text(&identity["accessKeyId"]),
            event_time: event.at.epoch_seconds(),
            event_source: text(&record["eventSource"]),
            username,
            resources: resources.iter().map(resource).collect(),
            cloud_trail_event: event.message.clone(),
        }
    }

    fn has(&self, wanted: &LookupAttribute) -> bool {
        let value = &wanted.attribute_value;
        let named = |name: &String| name == value || name.rsplit([':', '/']).next() == Some(value);
        match wanted.attribute_key.as_str() {
            "EventId" => self.event_id == *value,
            "EventName" => self.event_name == *value,
            "ReadOnly" => self.read_only == *value,
            "Username" => self.username == *value,
            "EventSource" => self.event_source == *value,
            "AccessKeyId" => self.access_key_id == *value,
            "ResourceType" => self.resources.iter().any(|found| found.resource_type == *value),
            "ResourceName" => self.resources.iter().any(|found| named(&found.resource_name)),
            _ => false,
        }
    }
}

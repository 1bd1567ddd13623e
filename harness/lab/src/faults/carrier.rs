//! A payload, opened so that one of its events can be changed, and closed again.

use bytes::Bytes;
use serde_json::{Map, Value};
use tributary_transform::{deflate, inflate};
use tributary_vocabulary::AccountId;

/// The forms of payloads at the later stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A gzip envelope: kinesis, firehose, s3.
    GzipEnvelope,
    /// An envelope as a document: transform, opensearch.
    Envelope,
    /// One event as a document: transform, opensearch.
    Document,
}

/// A payload, opened.
#[derive(Debug, Clone)]
pub(super) struct Carrier {
    form: Form,
    value: Map<String, Value>,
}

impl Carrier {
    /// Opens a payload; `None` when it carries no events.
    pub(super) fn open(payload: &[u8]) -> Option<Self> {
        let (gzip, json) = match inflate(payload) {
            Some(json) => (true, json),
            None => (false, payload.to_vec()),
        };
        let Ok(Value::Object(value)) = serde_json::from_slice(&json) else { return None };
        let form = match (gzip, value.contains_key("logEvents")) {
            (true, true) => Form::GzipEnvelope,
            (false, true) => Form::Envelope,
            (false, false) if value.contains_key("message") => Form::Document,
            _ => return None,
        };
        let control = value.get("messageType").is_some_and(|kind| kind == "CONTROL_MESSAGE");
        let carrier = Self { form, value };
        (!control && carrier.events() > 0).then_some(carrier)
    }

    /// Closes it again.
    pub(super) fn close(&self) -> Bytes {
        let json = Value::Object(self.value.clone()).to_string().into_bytes();
        Bytes::from(if self.form == Form::GzipEnvelope { deflate(&json) } else { json })
    }

    /// How many events it carries.
    pub(super) fn events(&self) -> usize {
        match self.form {
            Form::Document => 1,
            _ => self.value.get("logEvents").and_then(Value::as_array).map_or(0, Vec::len),
        }
    }

    /// The log stream that its events are of, as account, group and stream.
    pub(super) fn log_stream(&self) -> (String, String, String) {
        let text = |name: &str| {
            self.value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        (text("owner"), text("logGroup"), text("logStream"))
    }

    /// The text of an event.
    pub(super) fn message(&self, event: usize) -> String {
        self.event(event)
            .and_then(|event| event.get("message"))
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    /// Gives an event another text.
    pub(super) fn set_message(&mut self, event: usize, message: String) {
        if let Some(event) = self.event_mut(event) {
            event.insert("message".to_owned(), Value::String(message));
        }
    }

    /// Lets two events change places.
    pub(super) fn swap(&mut self, first: usize, second: usize) {
        if let Some(Value::Array(events)) = self.value.get_mut("logEvents") {
            events.swap(first, second);
        }
    }

    /// The same payload with the events from `start` until before `end`; `None` without any.
    pub(super) fn range(&self, start: usize, end: usize) -> Option<Self> {
        if start >= end {
            return None;
        }
        let mut part = self.clone();
        if let Some(Value::Array(events)) = part.value.get_mut("logEvents") {
            *events = events.get(start..end)?.to_vec();
        }
        Some(part)
    }

    /// Puts the payload under another account.
    pub(super) fn set_owner(&mut self, account: AccountId) {
        self.value.insert("owner".to_owned(), Value::String(account.to_string()));
    }

    fn event(&self, event: usize) -> Option<&Map<String, Value>> {
        match self.form {
            Form::Document => Some(&self.value),
            _ => self.value.get("logEvents")?.get(event)?.as_object(),
        }
    }

    fn event_mut(&mut self, event: usize) -> Option<&mut Map<String, Value>> {
        match self.form {
            Form::Document => Some(&mut self.value),
            _ => self.value.get_mut("logEvents")?.get_mut(event)?.as_object_mut(),
        }
    }
}

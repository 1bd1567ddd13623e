//! The envelope of a CloudWatch Logs subscription (lambda-transform reference, §5).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// An envelope, borrowed from its JSON; members that it does not name are left out.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope<'a> {
    /// `DATA_MESSAGE` or `CONTROL_MESSAGE`.
    #[serde(borrow)]
    pub message_type: Cow<'a, str>,
    /// The account that owns the log group.
    #[serde(borrow, default)]
    pub owner: Cow<'a, str>,
    /// The log group.
    #[serde(borrow, default)]
    pub log_group: Cow<'a, str>,
    /// The log stream.
    #[serde(borrow, default)]
    pub log_stream: Cow<'a, str>,
    /// The filters that matched.
    #[serde(borrow, default)]
    pub subscription_filters: Vec<Cow<'a, str>>,
    /// The events.
    #[serde(borrow, default)]
    pub log_events: Vec<EnvelopeEvent<'a>>,
}

/// One event of an envelope.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct EnvelopeEvent<'a> {
    /// AWS's id of the event.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// Milliseconds since 1970.
    pub timestamp: i64,
    /// The text.
    #[serde(borrow)]
    pub message: Cow<'a, str>,
}

impl<'a> Envelope<'a> {
    /// Reads an envelope; `None` when the bytes are no such JSON.
    #[must_use]
    pub fn read(json: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    /// Whether AWS only tests the destination with it.
    #[must_use]
    pub fn is_control(&self) -> bool {
        self.message_type == "CONTROL_MESSAGE"
    }

    /// Whether it carries log events.
    #[must_use]
    pub fn is_data(&self) -> bool {
        self.message_type == "DATA_MESSAGE"
    }

    /// The same envelope with these events alone.
    #[must_use]
    pub fn with_events(&self, log_events: Vec<EnvelopeEvent<'a>>) -> Self {
        Self { log_events, ..self.shell() }
    }

    fn shell(&self) -> Self {
        Self {
            message_type: self.message_type.clone(),
            owner: self.owner.clone(),
            log_group: self.log_group.clone(),
            log_stream: self.log_stream.clone(),
            subscription_filters: self.subscription_filters.clone(),
            log_events: Vec::new(),
        }
    }
}

//! The envelope in which a subscription filter sends events (cloudwatch-logs reference, delivery).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tributary_vocabulary::AccountId;

/// The document that a subscription filter sends, before gzip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// `DATA_MESSAGE`, or `CONTROL_MESSAGE` when AWS tests the destination.
    pub message_type: MessageType,
    /// The account that owns the log group; `CloudwatchLogs` in a control message.
    pub owner: String,
    /// The log group; empty in a control message.
    pub log_group: String,
    /// The log stream; empty in a control message.
    pub log_stream: String,
    /// The names of the filters that matched.
    pub subscription_filters: Vec<String>,
    /// The events.
    pub log_events: Vec<EnvelopeEvent>,
}

/// The two kinds of envelopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MessageType {
    /// Carries log events.
    DataMessage,
    /// Tests whether the destination can be reached.
    ControlMessage,
}

/// One event of an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeEvent {
    /// 56 digits, unique.
    pub id: String,
    /// Milliseconds since 1970.
    pub timestamp: i64,
    /// The text.
    pub message: Arc<str>,
}

impl Envelope {
    /// The owner as an account; `None` in a control message.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.owner.parse().ok()
    }
}

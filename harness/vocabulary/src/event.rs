//! An event, and what makes it the same event at every stage.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, stable_hash};

/// The identity of an event: a hash of the fields that make it what it is, so it survives a
/// transform and exists on every backend.
///
/// Two different events of one run share an id with a probability of about n² / 2⁶⁵.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub u64);

impl EventId {
    /// The identity that these bytes stand for.
    #[must_use]
    pub fn of(identity: &[u8]) -> Self {
        Self(stable_hash(identity))
    }
}

/// One log event as a source hands it over: a time, and a message of UTF-8 text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRecord {
    /// When it happened; CloudWatch Logs carries it in milliseconds.
    pub timestamp: Timestamp,
    /// The text, without a line end.
    pub message: String,
}

//! What was checked about the delivery, and the evidence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Outcome;

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// Such as `delivery.loss`.
    pub id: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What was found, as a sentence with its numbers.
    pub sentence: String,
    /// How many events it is about when it failed; the evidence shows the first few of them.
    #[serde(default)]
    pub events: u64,
    /// The first events that it is about.
    pub evidence: Vec<Evidence>,
}

impl Check {
    /// A check that held.
    #[must_use]
    pub fn passed(id: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self::new(id, Outcome::Passed, sentence)
    }

    /// A check that did not hold for `events` events.
    #[must_use]
    pub fn failed(id: impl Into<String>, sentence: impl Into<String>, events: u64) -> Self {
        Self { events, ..Self::new(id, Outcome::Failed, sentence) }
    }

    /// A check without evidence yet.
    #[must_use]
    pub fn new(id: impl Into<String>, outcome: Outcome, sentence: impl Into<String>) -> Self {
        Self { id: id.into(), outcome, sentence: sentence.into(), events: 0, evidence: Vec::new() }
    }
}

/// One event that a check is about: where it was last seen, and why it went no further.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The event.
    pub event: EventRef,
    /// The last stage it was seen at.
    pub last_stage: String,
    /// Why it went no further; the same words as a [`super::Cause`]'s where there is one.
    pub cause: String,
    /// The stage that stopped it, when that is another than the last one it was seen at.
    #[serde(default)]
    pub stage: Option<String>,
    /// More about this one event: what it became, where it lies now.
    pub detail: String,
}

/// An event, as its source made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventRef {
    /// The 12-digit id of its account.
    pub account: String,
    /// Its source, such as `vpc-flow-logs`.
    pub source: String,
    /// The log group it was written to.
    pub log_group: String,
    /// The log stream it was written to.
    pub log_stream: String,
    /// When it happened, in milliseconds since 1970-01-01T00:00:00Z.
    pub timestamp: i64,
    /// Its text.
    pub message: String,
}

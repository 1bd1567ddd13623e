//! A threshold of the scenario, and what was measured.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Outcome;

/// A threshold of the scenario, and what was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Threshold {
    /// The threshold as the scenario writes it: `latency.opensearch.p99 < 10 min`.
    pub source: String,
    /// What was measured; null when there was nothing to measure, which fails it.
    pub actual: Option<f64>,
    /// The unit of `actual`: `ms`, `s`, `events`, `%`; empty for a plain number.
    #[serde(default)]
    pub unit: String,
    /// Whether it held.
    pub outcome: Outcome,
}

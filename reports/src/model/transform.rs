//! What the transform did, and how fast.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the transform did, and how fast.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TransformFigures {
    /// What was run, as it was named: `builtin`, `python:handler.py:cloudwatch_handler`.
    pub name: String,
    /// How often it was invoked.
    pub invocations: u64,
    /// Records that it was given; each holds many events.
    pub records_in: u64,
    /// Bytes that it was given, compressed as they come.
    pub bytes_in: u64,
    /// Bytes that it answered with.
    pub bytes_out: u64,
    /// Processor seconds it took. Wall clock: differs between runs of one seed.
    pub cpu_s: f64,
    /// Events per processor second. Wall clock: differs between runs of one seed.
    pub events_per_s: f64,
    /// Megabytes (10⁶ bytes) of log text per processor second. Wall clock: differs between runs
    /// of one seed.
    pub mb_per_s: f64,
    /// Its time as a multiple of the floor's (base64 decoding, inflating and base64 encoding the
    /// same bytes), where that was measured. Wall clock: differs between runs of one seed.
    #[serde(default)]
    pub floor_ratio: Option<f64>,
    /// The bridge that ran it, such as `transform`, where the backend runs no transform; null
    /// otherwise.
    #[serde(default)]
    pub bridge: Option<String>,
}

impl TransformFigures {
    pub(super) fn without_wall_clock(self) -> Self {
        Self { cpu_s: 0.0, events_per_s: 0.0, mb_per_s: 0.0, floor_ratio: None, ..self }
    }
}

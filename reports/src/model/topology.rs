//! The size of what was run.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The size of what was run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Topology {
    /// Accounts altogether, the central one included.
    pub accounts: u64,
    /// Member accounts.
    pub members: u64,
    /// Shards of the central stream.
    pub shards: u64,
    /// The region, such as `us-west-2`.
    pub region: String,
    /// Events per second of the run's clock, all sources together.
    pub rate_per_s: f64,
    /// Seconds of the run's clock for which events were made.
    pub duration_s: f64,
}

/// Which worker's share of the traffic a run was.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Worker {
    /// This worker, counted from 0; people count from 1, and every rendering says `worker 1 of 4`.
    pub index: u64,
    /// How many workers share the traffic.
    pub of: u64,
}

impl fmt::Display for Worker {
    /// `worker 1 of 4`: people count from 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "worker {} of {}", self.index.saturating_add(1), self.of)
    }
}

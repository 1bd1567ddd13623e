//! The size of what was run.

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
    /// Events per simulated second, all sources together.
    pub rate_per_s: f64,
    /// Simulated seconds for which events were made.
    pub duration_s: f64,
}

/// Which worker's share of the traffic a run was.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Worker {
    /// This worker, counted from 0.
    pub index: u64,
    /// How many workers share the traffic.
    pub of: u64,
}

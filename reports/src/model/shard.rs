//! What one shard of the central stream carried.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What one shard of the central stream carried.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShardFigures {
    /// Such as `shardId-000000000000`.
    pub shard_id: String,
    /// Records that were put on it.
    pub records: u64,
    /// Bytes that were put on it, partition keys included.
    pub bytes: u64,
    /// Records that it refused.
    pub throttled: u64,
    /// The fullest second, as a share of the shard's write limit: 1.0 is at the limit.
    pub utilisation_max: f64,
    /// The bridge at which these figures were measured, such as `subscription`; null where the
    /// backend's own shard was looked at.
    #[serde(default)]
    pub bridge: Option<String>,
}

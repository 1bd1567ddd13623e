//! What the bridges counted.

use std::collections::BTreeMap;
use std::time::Duration;

/// What the bridges counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct BridgeFigures {
    /// The shards of the central stream.
    pub(crate) shards: BTreeMap<String, BridgeShard>,
    /// The transform; `None` when no bridge runs it.
    pub(crate) transform: Option<BridgeTransform>,
}

/// What was read from a shard of the central stream, and what it refused of the bridges.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct BridgeShard {
    pub(crate) records: u64,
    pub(crate) bytes: u64,
    pub(crate) throttled: u64,
}

/// What the transform did, all invocations together.
#[derive(Debug, Clone, Default)]
pub(crate) struct BridgeTransform {
    pub(crate) name: String,
    pub(crate) invocations: u64,
    pub(crate) records_in: u64,
    pub(crate) bytes_in: u64,
    pub(crate) bytes_out: u64,
    pub(crate) cpu: Duration,
}

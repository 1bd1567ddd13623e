//! Where every event ended up.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Counts of events. Each event is in exactly one of `indexed`, `dropped`, `failed`, `in_flight`
/// and `lost`; the other counts cut across those.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Events that the generators made and sent.
    pub generated: u64,
    /// Events that CloudWatch Logs accepted.
    pub accepted: u64,
    /// Events that are in OpenSearch.
    pub indexed: u64,
    /// Events that are in the S3 backup.
    pub backed_up: u64,
    /// Events that were left out on purpose: a filter pattern, or a transform's `Dropped`.
    pub dropped: u64,
    /// Events that Firehose gave up and wrote to the error output.
    pub failed: u64,
    /// Events that were still on their way when the run ended.
    pub in_flight: u64,
    /// Events that are nowhere.
    pub lost: u64,
    /// Events that arrived more than once, each counted once.
    pub duplicated: u64,
    /// Events that arrived with other content than they were sent with.
    pub corrupted: u64,
    /// Events that were found under another account than their own.
    pub leaked: u64,
    /// Events that arrived out of order within their log stream.
    #[serde(default)]
    pub reordered: u64,
    /// Events that the generator sent later than its plan said.
    #[serde(default)]
    pub late: u64,
    /// Events that the generator's plan held and that were never sent; not part of `generated`.
    #[serde(default)]
    pub dropped_at_source: u64,
}

impl Counts {
    /// Adds another worker's counts; sums that no run reaches stay at the greatest number.
    pub fn add(&mut self, other: &Self) {
        let add = |sum: &mut u64, more: u64| *sum = sum.saturating_add(more);
        add(&mut self.generated, other.generated);
        add(&mut self.accepted, other.accepted);
        add(&mut self.indexed, other.indexed);
        add(&mut self.backed_up, other.backed_up);
        add(&mut self.dropped, other.dropped);
        add(&mut self.failed, other.failed);
        add(&mut self.in_flight, other.in_flight);
        add(&mut self.lost, other.lost);
        add(&mut self.duplicated, other.duplicated);
        add(&mut self.corrupted, other.corrupted);
        add(&mut self.leaked, other.leaked);
        add(&mut self.reordered, other.reordered);
        add(&mut self.late, other.late);
        add(&mut self.dropped_at_source, other.dropped_at_source);
    }
}

/// Where every event ended up: altogether, by source and by account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// All events together.
    #[serde(flatten)]
    pub total: Counts,
    /// The same counts for each source, such as `vpc-flow-logs`.
    #[serde(default)]
    pub by_source: BTreeMap<String, Counts>,
    /// The same counts for each account, by its 12-digit id.
    #[serde(default)]
    pub by_account: BTreeMap<String, Counts>,
}

//! What the bridges counted.

use std::collections::BTreeMap;
use std::time::Duration;

use tributary_vocabulary::Timestamp;

/// What the bridges counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct BridgeFigures {
    /// The shards of the central stream.
    pub(crate) shards: BTreeMap<String, BridgeShard>,
    /// The transform; `None` when no bridge runs it.
    pub(crate) transform: Option<BridgeTransform>,
}

/// What was read from a shard of the central stream, and what it refused of the bridges.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct BridgeShard {
    pub(crate) records: u64,
    pub(crate) bytes: u64,
    pub(crate) throttled: u64,
    /// The second that was counted last, since 1970, with its records and bytes.
    second: (i64, u64, u64),
    /// The share of its write limit that the fullest second took.
    pub(crate) utilisation_max: f64,
}

/// What a shard takes in a second (kinesis reference, limits).
const SECOND_RECORDS: f64 = 1_000.0;
const SECOND_BYTES: f64 = 1_048_576.0;

impl BridgeShard {
    /// Counts a record by the time at which it came. Records of a shard are read in the order in
    /// which they came.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a second's records and bytes are far below 2^53"
    )]
    pub(super) fn count(&mut self, arrival: Timestamp, bytes: u64) {
        self.records += 1;
        self.bytes += bytes;
        let second = arrival.ms().div_euclid(1_000);
        if self.second.0 != second {
            self.second = (second, 0, 0);
        }
        self.second.1 += 1;
        self.second.2 += bytes;
        let share =
            (self.second.1 as f64 / SECOND_RECORDS).max(self.second.2 as f64 / SECOND_BYTES);
        self.utilisation_max = self.utilisation_max.max(share);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_second_counts() {
        let mut shard = BridgeShard::default();
        for (ms, bytes) in [(0, 100), (900, 524_188), (1_000, 104_858), (1_500, 104_858)] {
            shard.count(Timestamp::from_ms(ms), bytes);
        }
        assert_eq!((shard.records, shard.bytes), (4, 734_004));
        assert!((shard.utilisation_max - 0.5).abs() < 1e-6, "{}", shard.utilisation_max);
        for _ in 0..700 {
            shard.count(Timestamp::from_ms(2_000), 1);
        }
        assert!((shard.utilisation_max - 0.7).abs() < 1e-6, "{}", shard.utilisation_max);
    }
}

//! Latencies counted in buckets, so that the files of several workers merge.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bits of a latency that its bucket keeps: 64 buckets for each doubling.
const KEPT_BITS: u32 = 7;

/// Latencies in milliseconds, counted in buckets. In JSON it is a list of `[upper_ms, count]`,
/// rising, without empty buckets.
///
/// Up to 127 ms every millisecond is a bucket of its own. Beyond, each doubling is cut into 64
/// buckets, so a bucket's upper end is less than 1.6 % above any latency in it. Bucket ends do not
/// depend on what is recorded: merged histograms are what one histogram of everything would be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Vec<(u64, u64)>", into = "Vec<(u64, u64)>")]
#[schemars(with = "Vec<(u64, u64)>")]
pub struct LatencyHistogram {
    buckets: BTreeMap<u64, u64>,
}

impl LatencyHistogram {
    /// The largest latency that shares a bucket with `ms`.
    #[must_use]
    pub const fn upper_ms(ms: u64) -> u64 {
        let bits = u64::BITS - ms.leading_zeros();
        if bits <= KEPT_BITS {
            return ms;
        }
        ms | ((1 << (bits - KEPT_BITS)) - 1)
    }

    /// Counts one latency.
    pub fn record(&mut self, ms: u64) {
        self.record_many(ms, 1);
    }

    /// Counts the same latency `count` times.
    pub fn record_many(&mut self, ms: u64, count: u64) {
        if count > 0 {
            let bucket = self.buckets.entry(Self::upper_ms(ms)).or_default();
            *bucket = bucket.saturating_add(count);
        }
    }

    /// Adds everything that `other` counted.
    pub fn add(&mut self, other: &Self) {
        for (&upper_ms, &count) in &other.buckets {
            self.record_many(upper_ms, count);
        }
    }

    /// How many latencies were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.buckets.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.buckets.is_empty()
    }

    /// The buckets that hold something, rising: each one's upper end in milliseconds, and its count.
    pub fn buckets(&self) -> impl Iterator<Item = (u64, u64)> {
        self.buckets.iter().map(|(&upper_ms, &count)| (upper_ms, count))
    }

    /// The upper end, in milliseconds, of the bucket that holds the `per_mille`-th thousandth
    /// (500 is the median), by the nearest-rank rule; `None` when nothing was counted.
    #[must_use]
    pub fn quantile_ms(&self, per_mille: u64) -> Option<u64> {
        let rank = (u128::from(self.count()) * u128::from(per_mille.min(1_000))).div_ceil(1_000);
        let mut seen = 0_u128;
        self.buckets.iter().find_map(|(&upper_ms, &count)| {
            seen += u128::from(count);
            (seen >= rank.max(1)).then_some(upper_ms)
        })
    }
}

impl From<Vec<(u64, u64)>> for LatencyHistogram {
    fn from(pairs: Vec<(u64, u64)>) -> Self {
        let mut histogram = Self::default();
        for (upper_ms, count) in pairs {
            histogram.record_many(upper_ms, count);
        }
        histogram
    }
}

impl From<LatencyHistogram> for Vec<(u64, u64)> {
    fn from(histogram: LatencyHistogram) -> Self {
        histogram.buckets.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_latencies_are_exact_and_large_ones_within_two_percent() {
        for (ms, upper) in [(0, 0), (1, 1), (127, 127), (128, 129), (129, 129), (130, 131)] {
            assert_eq!(LatencyHistogram::upper_ms(ms), upper, "{ms}");
        }
        assert_eq!(LatencyHistogram::upper_ms(u64::MAX), u64::MAX);
    }

    #[test]
    fn quantiles_are_nearest_rank() {
        let mut histogram = LatencyHistogram::default();
        assert_eq!(histogram.quantile_ms(500), None);
        for ms in 1..=100 {
            histogram.record(ms);
        }
        for (per_mille, ms) in [(0, 1), (500, 50), (990, 99), (999, 100), (1_000, 100)] {
            assert_eq!(histogram.quantile_ms(per_mille), Some(ms), "{per_mille}");
        }
    }

    fn of(latencies: &[u64]) -> LatencyHistogram {
        let mut histogram = LatencyHistogram::default();
        for &ms in latencies {
            histogram.record(ms);
        }
        histogram
    }

    proptest! {
        #[test]
        fn merging_is_recording_together(
            left in prop::collection::vec(0_u64..10_000_000, 0..50),
            right in prop::collection::vec(0_u64..10_000_000, 0..50),
        ) {
            let mut merged = of(&left);
            merged.add(&of(&right));
            prop_assert_eq!(merged, of(&[left, right].concat()));
        }

        #[test]
        fn a_bucket_is_narrow_and_fixed(ms in 0_u64..1 << 50) {
            let upper = LatencyHistogram::upper_ms(ms);
            prop_assert!(upper >= ms && (upper - ms) * 64 <= ms);
            prop_assert_eq!(LatencyHistogram::upper_ms(upper), upper);
        }
    }
}

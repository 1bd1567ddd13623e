//! What a shard took and refused, for reports.

use tributary_vocabulary::Timestamp;

use super::limits::{WRITE_BYTES_PER_S, WRITE_RECORDS_PER_S};

/// What one shard took and refused since it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct ShardStatistics {
    /// The shard, such as `shardId-000000000000`.
    pub shard_id: String,
    /// Records that were taken.
    pub records: u64,
    /// Bytes that were taken: data and partition keys.
    pub bytes: u64,
    /// Records that were refused for the shard's write limits.
    pub throttled: u64,
    /// The busiest second of the clock, as a part of what the shard may take in one: the larger of
    /// bytes / 1 MiB and records / 1000. Up to 2 when a full bucket and a second's leak meet in it.
    pub utilisation_max: f64,
    /// Records that lie on the shard now.
    pub stored_records: u64,
}

/// The running counts of a shard.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    pub(crate) records: u64,
    pub(crate) bytes: u64,
    pub(crate) throttled: u64,
    second: i64,
    second_bytes: u64,
    second_records: u64,
    peak_bytes: u64,
    peak_records: u64,
}

impl Counts {
    /// A record of so many bytes was taken.
    pub(crate) fn taken(&mut self, now: Timestamp, bytes: usize) {
        let bytes = bytes as u64;
        if now.s() != self.second {
            (self.second, self.second_bytes, self.second_records) = (now.s(), 0, 0);
        }
        self.records += 1;
        self.bytes += bytes;
        self.second_bytes += bytes;
        self.second_records += 1;
        self.peak_bytes = self.peak_bytes.max(self.second_bytes);
        self.peak_records = self.peak_records.max(self.second_records);
    }

    /// The busiest second, as a part of the limit.
    #[expect(clippy::cast_precision_loss, reason = "a second's counts lie far below 2^53")]
    pub(crate) fn utilisation_max(&self) -> f64 {
        let bytes = self.peak_bytes as f64 / WRITE_BYTES_PER_S as f64;
        let records = self.peak_records as f64 / WRITE_RECORDS_PER_S as f64;
        bytes.max(records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_second_counts_by_its_scarcer_side() {
        let mut counts = Counts::default();
        let at = Timestamp::DEFAULT_EPOCH;
        for _ in 0..250 {
            counts.taken(at, 1);
        }
        assert!((counts.utilisation_max() - 0.25).abs() < f64::EPSILON);
        counts.taken(at.plus_s(1), 1 << 19);
        assert!((counts.utilisation_max() - 0.5).abs() < f64::EPSILON);
        counts.taken(at.plus_s(2), 1);
        assert!((counts.utilisation_max() - 0.5).abs() < f64::EPSILON);
        assert_eq!((counts.records, counts.bytes), (252, 250 + (1 << 19) + 1));
    }
}

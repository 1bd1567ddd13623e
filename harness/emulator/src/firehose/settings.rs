//! What may be set, where AWS's behaviour is not published.

/// The settings of Data Firehose; durations are milliseconds.
#[derive(Debug, Clone)]
pub struct Settings {
    /// From CreateDeliveryStream until the stream is ACTIVE. AWS publishes no figure; half a
    /// minute is what consoles show.
    pub creating_ms: i64,
    /// From DeleteDeliveryStream until the stream is gone.
    pub deleting_ms: i64,
    /// The first wait between two invocations of the processor's function; each next one is twice
    /// as long. Captures show 20 to 35 s for three waits together (lambda-transform reference, §3):
    /// 4 + 8 + 16 s are within.
    pub invoke_backoff_ms: i64,
    /// The first wait between two requests to OpenSearch or S3; each next one is twice as long.
    pub delivery_backoff_ms: i64,
    /// The longest wait between two attempts of anything.
    pub backoff_max_ms: i64,
    /// How long data is tried to be delivered when its last resort, S3, does not take it: 24 h
    /// (firehose reference, §8 and §11). With a Kinesis source AWS goes on for the stream's
    /// retention, whose default is the same.
    pub retention_ms: i64,
    /// How the weeks of `OneWeek` rotation are counted.
    pub week: WeekNumbers,
    /// Whether a time prefix is still appended to a prefix that has expressions, but none of them
    /// a `timestamp`: the guide says yes, observation says no (firehose reference, §6.2).
    pub append_time_to_expressions: bool,
    /// What a shard's lane may hold in memory before it stops reading its source.
    pub lane_bytes_max: u64,
    /// DirectPut: bytes that a delivery stream takes in a second.
    pub put_bytes_per_s: u64,
    /// DirectPut: records that a delivery stream takes in a second.
    pub put_records_per_s: u64,
    /// DirectPut: requests that a delivery stream takes in a second.
    pub put_requests_per_s: u64,
    /// Delivery streams that an account may have in a Region.
    pub streams_per_region: usize,
}

/// How the weeks of `OneWeek` rotation are counted; the guide's rule and its printed example
/// disagree (firehose reference, §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeekNumbers {
    /// ISO 8601, as the guide's example: 25 February 2016 is in week 08.
    Iso,
    /// Weeks begin on Sunday and week 1 holds the year's first Saturday, as the guide's rule.
    Sunday,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            creating_ms: 30_000,
            deleting_ms: 10_000,
            invoke_backoff_ms: 4_000,
            delivery_backoff_ms: 1_000,
            backoff_max_ms: 120_000,
            retention_ms: 24 * tributary_vocabulary::HOUR_MS,
            week: WeekNumbers::Iso,
            append_time_to_expressions: false,
            lane_bytes_max: 64 * 1024 * 1024,
            put_bytes_per_s: 5 * 1024 * 1024,
            put_records_per_s: 500_000,
            put_requests_per_s: 2_000,
            streams_per_region: 5_000,
        }
    }
}

impl Settings {
    /// The wait after this many failed attempts (1 is the first), beginning with `first_ms`.
    #[must_use]
    pub fn backoff_ms(&self, first_ms: i64, failed: u32) -> i64 {
        let doublings = failed.saturating_sub(1).min(30);
        first_ms.saturating_mul(1 << doublings).min(self.backoff_max_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_their_longest() {
        let settings = Settings::default();
        let waits: Vec<i64> = (1..=8).map(|n| settings.backoff_ms(4_000, n)).collect();
        assert_eq!(waits, [4_000, 8_000, 16_000, 32_000, 64_000, 120_000, 120_000, 120_000]);
        let three_retries: i64 = waits[..3].iter().sum();
        assert!((20_000..=35_000).contains(&three_retries), "as captures show");
    }
}

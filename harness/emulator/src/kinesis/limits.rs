//! The limits of one shard (kinesis reference, data-plane throughput limits).

use tributary_vocabulary::Timestamp;

/// Bytes that a shard takes in a second: 1 MiB of data and partition keys.
pub const WRITE_BYTES_PER_S: usize = 1 << 20;
/// Records that a shard takes in a second.
pub const WRITE_RECORDS_PER_S: usize = 1000;
/// Bytes that a shard gives in a second.
pub const READ_BYTES_PER_S: usize = 2 << 20;
/// GetRecords calls, and GetShardIterator calls, that a shard answers in a second.
pub const READ_CALLS_PER_S: u32 = 5;
/// Bytes that one GetRecords call returns at the most.
pub const READ_BYTES_PER_CALL: usize = 10 << 20;

/// A leaky bucket in thousandths, so that a rate by the second leaks whole units by the millisecond.
#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    level: i64,
    at: Timestamp,
}

impl Bucket {
    /// What is in it at `now`, when `per_s` leaks in a second.
    fn level(&self, now: Timestamp, per_s: i64) -> i64 {
        let leaked = now.ms_since(self.at).max(0).saturating_mul(per_s);
        self.level.saturating_sub(leaked).max(0)
    }
}

/// A size in thousandths.
fn thousandths(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX).saturating_mul(1000)
}

/// The write limits of a shard: two leaky buckets, of bytes and of records.
///
/// A full second's worth is taken at once, then as much as leaks: over any span of T seconds at
/// most (1 + T) MiB and 1000·(1 + T) records. A stream whose records may be larger than 1 MiB has
/// a bucket as large as one such record; the mean stays 1 MiB a second. What is refused takes nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WriteLimit {
    bytes: Bucket,
    records: Bucket,
}

impl WriteLimit {
    /// Whether one record of `bytes` is taken at `now` by a bucket of `burst_bytes`.
    pub(crate) fn admit(&mut self, now: Timestamp, bytes: usize, burst_bytes: usize) -> bool {
        let (bytes_per_s, records_per_s) = (rate(WRITE_BYTES_PER_S), rate(WRITE_RECORDS_PER_S));
        let byte_level = self.bytes.level(now, bytes_per_s) + thousandths(bytes);
        let record_level = self.records.level(now, records_per_s) + thousandths(1);
        if byte_level > thousandths(burst_bytes) || record_level > thousandths(WRITE_RECORDS_PER_S)
        {
            return false;
        }
        self.bytes = Bucket { level: byte_level, at: now };
        self.records = Bucket { level: record_level, at: now };
        true
    }
}

/// What leaks in a millisecond, in thousandths: the rate by the second.
fn rate(per_s: usize) -> i64 {
    i64::try_from(per_s).unwrap_or(i64::MAX)
}

/// A limit of calls by the second, and of the bytes they return.
///
/// A window begins with the first call after the last window ended, and lasts a second for every
/// 2 MiB returned in it: after a reply of 10 MiB, calls of the next five seconds are refused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReadLimit {
    began: Timestamp,
    ends: Timestamp,
    calls: u32,
    bytes: usize,
}

impl Default for ReadLimit {
    fn default() -> Self {
        let never = Timestamp::from_ms(i64::MIN);
        Self { began: never, ends: never, calls: 0, bytes: 0 }
    }
}

impl ReadLimit {
    /// Whether a call is answered at `now`; it counts when it is.
    pub(crate) fn admit(&mut self, now: Timestamp) -> bool {
        if now >= self.ends {
            *self = Self { began: now, ends: now.plus_s(1), calls: 0, bytes: 0 };
        }
        if self.calls >= READ_CALLS_PER_S || self.bytes >= READ_BYTES_PER_S {
            return false;
        }
        self.calls += 1;
        true
    }

    /// Counts what the admitted call returned.
    pub(crate) fn returned(&mut self, bytes: usize) {
        self.bytes += bytes;
        let seconds = self.bytes.div_ceil(READ_BYTES_PER_S).max(1);
        self.ends = self.began.plus_s(i64::try_from(seconds).unwrap_or(i64::MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::DEFAULT_EPOCH;

    fn taken(limit: &mut WriteLimit, now: Timestamp, bytes: usize, tries: usize) -> usize {
        (0..tries).filter(|_| limit.admit(now, bytes, WRITE_BYTES_PER_S)).count()
    }

    #[test]
    fn a_shard_takes_a_thousand_records_or_a_mebibyte_and_then_what_leaks() {
        let mut records = WriteLimit::default();
        assert_eq!(taken(&mut records, NOW, 10, 1500), 1000);
        assert_eq!(taken(&mut records, NOW.plus_ms(1), 10, 10), 1);
        assert_eq!(taken(&mut records, NOW.plus_ms(501), 10, 1500), 500);
        assert_eq!(taken(&mut records, NOW.plus_ms(60_000), 10, 1500), 1000);

        let mut bytes = WriteLimit::default();
        assert_eq!(taken(&mut bytes, NOW, 262_144, 10), 4);
        assert_eq!(taken(&mut bytes, NOW.plus_ms(249), 262_144, 1), 0);
        assert_eq!(taken(&mut bytes, NOW.plus_ms(250), 262_144, 2), 1);
        // A record of exactly the capacity fits, one byte more never does.
        let mut one = WriteLimit::default();
        assert_eq!(taken(&mut one, NOW, WRITE_BYTES_PER_S + 1, 1), 0);
        assert_eq!(taken(&mut one, NOW, WRITE_BYTES_PER_S, 2), 1);
    }

    #[test]
    fn large_records_borrow_from_the_seconds_to_come() {
        let mut limit = WriteLimit::default();
        let burst = 10 << 20;
        assert!(limit.admit(NOW, burst, burst));
        assert!(!limit.admit(NOW.plus_ms(999), 1 << 20, burst));
        assert!(limit.admit(NOW.plus_ms(1000), 1 << 20, burst));
        assert!(!limit.admit(NOW.plus_ms(1000), 1, burst));
    }

    #[test]
    fn five_reads_a_second() {
        let mut limit = ReadLimit::default();
        assert_eq!((0..9).filter(|_| limit.admit(NOW.plus_ms(3))).count(), 5);
        assert!(!limit.admit(NOW.plus_ms(1002)));
        assert!(limit.admit(NOW.plus_ms(1003)));
    }

    #[test]
    fn ten_mebibytes_close_the_shard_for_five_seconds() {
        let mut limit = ReadLimit::default();
        assert!(limit.admit(NOW));
        limit.returned(READ_BYTES_PER_CALL);
        assert!(!limit.admit(NOW.plus_ms(4999)));
        assert!(limit.admit(NOW.plus_ms(5000)));
        limit.returned(1 << 20);
        assert!(limit.admit(NOW.plus_ms(5001)));
        limit.returned(1 << 20);
        assert!(!limit.admit(NOW.plus_ms(5999)));
        assert!(limit.admit(NOW.plus_ms(6000)));
    }

    proptest! {
        #[test]
        fn no_span_takes_more_than_its_length_and_one_second(
            puts in prop::collection::vec((0_i64..400, 1_usize..300_000), 1..300),
        ) {
            let mut limit = WriteLimit::default();
            let mut at = NOW;
            let mut accepted: Vec<(Timestamp, usize)> = Vec::new();
            for (wait, bytes) in puts {
                at = at.plus_ms(wait);
                if limit.admit(at, bytes, WRITE_BYTES_PER_S) {
                    accepted.push((at, bytes));
                }
            }
            for first in 0..accepted.len() {
                let mut total = 0;
                for (count, (when, bytes)) in accepted[first..].iter().enumerate() {
                    total += bytes;
                    let span = usize::try_from(when.ms_since(accepted[first].0)).unwrap_or(0);
                    prop_assert!(total * 1000 <= WRITE_BYTES_PER_S * (1000 + span));
                    prop_assert!(count < WRITE_RECORDS_PER_S + span);
                }
            }
        }
    }
}

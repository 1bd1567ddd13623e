//! One shard: a range of hash keys, and the records that lie on it.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use tributary_vocabulary::Timestamp;

use super::limits::{READ_BYTES_PER_CALL, ReadLimit, WriteLimit};
use super::sequence::SequenceNumber;
use super::statistics::{Counts, ShardStatistics};

/// A record as it lies on its shard; its sequence number is made from it and the shard.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    /// Its rising number within the shard.
    pub(crate) index: u64,
    /// When it arrived.
    pub(crate) arrival: Timestamp,
    /// Its data.
    pub(crate) data: Bytes,
    /// Its partition key.
    pub(crate) partition_key: Arc<str>,
}

impl Stored {
    /// What it counts against the limits: data and partition key.
    pub(crate) fn size(&self) -> usize {
        self.data.len() + self.partition_key.len()
    }
}

/// A shard of a stream.
#[derive(Debug)]
pub(crate) struct Shard {
    /// Its index; never used again within its stream.
    pub(crate) index: u32,
    /// Its name, such as `shardId-000000000000`.
    pub(crate) id: Arc<str>,
    /// Its stream's ARN and its name, for the trace.
    pub(crate) place: Arc<str>,
    /// The smallest hash key that it takes.
    pub(crate) start: u128,
    /// The largest hash key that it takes.
    pub(crate) end: u128,
    /// The shard that was split, or the first of two that were merged, into this one.
    pub(crate) parent: Option<u32>,
    /// The second of two shards that were merged into this one.
    pub(crate) adjacent_parent: Option<u32>,
    /// When it was made.
    pub(crate) created: Timestamp,
    /// When it was made, as its sequence numbers have it: later than its parents'.
    pub(crate) created_s: i64,
    /// When it was closed, if it was.
    pub(crate) closed: Option<Timestamp>,
    /// What it took and refused.
    pub(crate) counts: Counts,
    /// Its limit of GetRecords.
    pub(crate) reads: ReadLimit,
    /// Its limit of GetShardIterator.
    pub(crate) iterators: ReadLimit,
    writes: WriteLimit,
    records: VecDeque<Stored>,
    next_index: u64,
}

/// The name of the shard with this index.
pub(crate) fn shard_id(index: u32) -> String {
    format!("shardId-{index:012}")
}

impl Shard {
    /// An open shard with nothing on it.
    pub(crate) fn new(arn: &str, index: u32, (start, end): (u128, u128), now: Timestamp) -> Self {
        let id = shard_id(index);
        Self {
            index,
            place: Arc::from(format!("{arn}/{id}")),
            id: Arc::from(id),
            start,
            end,
            parent: None,
            adjacent_parent: None,
            created: now,
            created_s: now.s(),
            closed: None,
            counts: Counts::default(),
            reads: ReadLimit::default(),
            iterators: ReadLimit::default(),
            writes: WriteLimit::default(),
            records: VecDeque::new(),
            next_index: 1,
        }
    }

    /// Counts a record of so many bytes against the write limits; `false` when it is refused.
    pub(crate) fn admit(&mut self, now: Timestamp, bytes: usize, burst_bytes: usize) -> bool {
        let admitted = self.writes.admit(now, bytes, burst_bytes);
        if admitted {
            self.counts.taken(now, bytes);
        } else {
            self.counts.throttled += 1;
        }
        admitted
    }

    /// The sequence number of a record that arrives now; every call gives a larger one.
    pub(crate) fn next_sequence(&mut self, now: Timestamp) -> SequenceNumber {
        let index = self.next_index;
        self.next_index += 1;
        self.sequence(index, now)
    }

    /// Lays a record on the shard under the number that it was given.
    pub(crate) fn store(
        &mut self,
        now: Timestamp,
        sequence: SequenceNumber,
        data: Bytes,
        partition_key: Arc<str>,
    ) {
        self.records.push_back(Stored {
            index: sequence.index(),
            arrival: now,
            data,
            partition_key,
        });
    }

    /// The sequence number of the record with this rising number and arrival.
    pub(crate) fn sequence(&self, index: u64, arrival: Timestamp) -> SequenceNumber {
        SequenceNumber::new(self.created_s, self.index, index, arrival.s())
    }

    /// The sequence number at which the shard begins.
    pub(crate) fn starting_sequence(&self) -> SequenceNumber {
        SequenceNumber::new(self.created_s, self.index, 0, self.created_s)
    }

    /// The sequence number at which the shard ended, if it was closed.
    pub(crate) fn ending_sequence(&self) -> Option<SequenceNumber> {
        self.closed.map(|at| self.sequence(SequenceNumber::CLOSING_INDEX, at))
    }

    /// The rising number that the next record will have.
    pub(crate) fn next_index(&self) -> u64 {
        self.next_index
    }

    /// The rising number of the first record that arrived at or after `at`.
    pub(crate) fn index_at(&self, at: Timestamp) -> u64 {
        let place = self.records.partition_point(|record| record.arrival < at);
        self.records.get(place).map_or(self.next_index, |record| record.index)
    }

    /// Lets go of the records that arrived before `horizon`.
    pub(crate) fn trim(&mut self, horizon: Timestamp) {
        while self.records.front().is_some_and(|record| record.arrival < horizon) {
            self.records.pop_front();
        }
    }

    /// The records from rising number `from` on: at most `limit`, and 10 MiB but for the first.
    pub(crate) fn read(&self, from: u64, limit: usize) -> impl Iterator<Item = &Stored> {
        let place = self.records.partition_point(|record| record.index < from);
        let mut bytes = 0;
        self.records.range(place..).take(limit).take_while(move |record| {
            let first = bytes == 0;
            bytes += record.size();
            first || bytes <= READ_BYTES_PER_CALL
        })
    }

    /// Whether a record with rising number `from` or a larger one lies here.
    pub(crate) fn has_from(&self, from: u64) -> bool {
        self.records.back().is_some_and(|record| record.index >= from)
    }

    /// What it took and refused.
    pub(crate) fn statistics(&self) -> ShardStatistics {
        ShardStatistics {
            shard_id: self.id.to_string(),
            records: self.counts.records,
            bytes: self.counts.bytes,
            throttled: self.counts.throttled,
            utilisation_max: self.counts.utilisation_max(),
            stored_records: self.records.len() as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard() -> Shard {
        Shard::new("arn", 2, (0, u128::MAX), Timestamp::DEFAULT_EPOCH)
    }

    fn put(shard: &mut Shard, at: Timestamp, size: usize) -> SequenceNumber {
        let sequence = shard.next_sequence(at);
        shard.store(at, sequence, Bytes::from(vec![0; size]), Arc::from("k"));
        sequence
    }

    #[test]
    fn reads_from_anywhere_and_forgets_what_is_too_old() {
        let mut shard = shard();
        let now = Timestamp::DEFAULT_EPOCH;
        let numbers: Vec<_> =
            (0..5).map(|n| put(&mut shard, now.plus_ms(n * 1000), 3).index()).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        assert_eq!(shard.read(3, 2).map(|r| r.index).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(shard.index_at(now.plus_ms(1001)), 3);
        assert_eq!(shard.index_at(now.plus_ms(9999)), 6);
        shard.trim(now.plus_ms(2000));
        assert_eq!(shard.read(0, 10).map(|r| r.index).collect::<Vec<_>>(), [3, 4, 5]);
        assert!(shard.has_from(5) && !shard.has_from(6));
    }

    #[test]
    fn one_reply_holds_ten_mebibytes_and_at_least_one_record() {
        let mut shard = shard();
        for _ in 0..3 {
            put(&mut shard, Timestamp::DEFAULT_EPOCH, 5 << 20);
        }
        assert_eq!(shard.read(0, 10).count(), 1, "two of them and their keys are over 10 MiB");
        let mut large = self::shard();
        put(&mut large, Timestamp::DEFAULT_EPOCH, (10 << 20) + 1);
        assert_eq!(large.read(0, 10).count(), 1);
    }
}

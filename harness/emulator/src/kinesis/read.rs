//! What GetRecords and the reader of other services have in common.

use std::sync::Arc;

use tributary_vocabulary::SECOND_MS;

use super::reader::Record;
use super::sequence::SequenceNumber;
use super::shard::{Shard, shard_id};
use super::stream::Stream;
use super::target::{Target, not_found};
use crate::kernel::{ServiceError, World};

/// The records that one call returns at the most.
pub(super) const RECORDS_MAX: usize = 10_000;

/// What one call read, and where the next goes on.
#[derive(Debug)]
pub(super) struct ReadOutcome {
    pub(super) records: Vec<Record>,
    pub(super) next: u64,
    pub(super) millis_behind_latest: i64,
    pub(super) end_of_shard: bool,
}

/// The shard's index in its name; anything behind the first `-` (or the whole) has to be a number.
fn index_of(text: &str) -> Option<u32> {
    let digits = text.split_once('-').map_or(text, |(_, rest)| rest);
    let fits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten().filter(|index| *index < 1 << 31)
}

/// The index in a shard's name, whether or not the stream has it.
pub(super) fn shard_index(stream: &Stream, text: &str) -> Result<u32, ServiceError> {
    index_of(text).ok_or_else(|| {
        not_found(format!(
            "Could not find shard {text} in stream {} under account {}.",
            stream.name, stream.account
        ))
    })
}

/// The stream has no such shard.
pub(super) fn no_such_shard(stream: &Stream, index: u32) -> ServiceError {
    not_found(format!(
        "Shard {} in stream {} under account {} does not exist",
        shard_id(index),
        stream.name,
        stream.account
    ))
}

/// The shard of this name.
pub(super) fn shard_mut<'a>(
    stream: &'a mut Stream,
    text: &str,
) -> Result<&'a mut Shard, ServiceError> {
    let index = shard_index(stream, text)?;
    if stream.shards.get(index).is_none() {
        return Err(no_such_shard(stream, index));
    }
    stream.shards.get_mut(index).ok_or_else(|| not_found(text))
}

/// The sentence for a sequence number that is of another shard.
pub(super) fn of_another_shard(sequence: SequenceNumber, shard: &Shard) -> String {
    format!(
        "Invalid StartingSequenceNumber. It encodes {}, while it was used in a call to a shard \
         with {}",
        shard_id(sequence.shard()),
        shard.id
    )
}

/// A shard's limit is used up.
pub(super) fn rate_exceeded(stream: &Stream, index: u32) -> ServiceError {
    ServiceError::client(
        "ProvisionedThroughputExceededException",
        format!(
            "Rate exceeded for shard {} in stream {} under account {}.",
            shard_id(index),
            stream.name,
            stream.account
        ),
    )
}

/// Reads a shard from the rising number `from` on.
///
/// How far behind: from the arrival of the last record returned until now, in whole seconds as
/// the service gives it, rounded up, so that 0 means that nothing is left.
pub(super) fn read(
    world: &mut World,
    target: &Target,
    shard: u32,
    from: u64,
    limit: usize,
) -> Result<ReadOutcome, ServiceError> {
    let now = world.now;
    let stream = world.kinesis.carrying_mut(target)?;
    stream.retire(now);
    if stream.shards.get(shard).is_none() {
        return Err(no_such_shard(stream, shard));
    }
    let horizon = stream.horizon(now);
    let Some(shard_of) = stream.shards.get_mut(shard) else {
        return Err(no_such_shard(stream, shard));
    };
    if !shard_of.reads.admit(now) {
        return Err(rate_exceeded(stream, shard));
    }
    shard_of.trim(horizon);
    let mut bytes = 0;
    let records: Vec<Record> = shard_of
        .read(from, limit.min(RECORDS_MAX))
        .map(|stored| {
            bytes += stored.size();
            Record {
                data: stored.data.clone(),
                partition_key: Arc::clone(&stored.partition_key),
                sequence_number: shard_of.sequence(stored.index, stored.arrival),
                approximate_arrival: stored.arrival,
            }
        })
        .collect();
    shard_of.reads.returned(bytes);
    let next = records.last().map_or(from, |record| record.sequence_number.index() + 1);
    let more = shard_of.has_from(next);
    let millis_behind_latest = match records.last() {
        Some(last) if more => {
            let behind = now.ms_since(last.approximate_arrival).max(1);
            behind.saturating_add(SECOND_MS - 1) / SECOND_MS * SECOND_MS
        }
        _ => 0,
    };
    let end_of_shard = shard_of.closed.is_some() && !more;
    Ok(ReadOutcome { records, next, millis_behind_latest, end_of_shard })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shard_names_are_read_generously() {
        assert_eq!(index_of("shardId-000000000012"), Some(12));
        assert_eq!(index_of("7"), Some(7));
        assert_eq!(index_of("x-7"), Some(7));
        for text in ["", "shardId-", "shardId-x", "shardId-2147483648", "-1-1"] {
            assert_eq!(index_of(text), None, "{text}");
        }
    }
}

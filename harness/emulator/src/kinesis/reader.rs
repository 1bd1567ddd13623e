//! Reading shards for other services of the world, with the caller's rights and the shard's limits.

use std::sync::Arc;

use bytes::Bytes;
use tributary_vocabulary::Timestamp;

use super::read::{self, ReadOutcome};
use super::sequence::SequenceNumber;
use super::state::authorize;
use super::target::{Target, target};
use crate::kernel::{Caller, ServiceError, World};

/// Where reading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StartAt {
    /// With the oldest record that is kept.
    TrimHorizon,
    /// With the first record that arrived at this moment or later.
    AtTimestamp(Timestamp),
}

/// A place on a shard; unlike an iterator of the wire it does not expire.
#[derive(Debug, Clone)]
pub(crate) struct Cursor {
    target: Target,
    shard: u32,
    next: u64,
}

/// A record as it was read.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// Its data.
    pub(crate) data: Bytes,
    /// Its partition key.
    pub(crate) partition_key: Arc<str>,
    /// Its sequence number.
    pub(crate) sequence_number: SequenceNumber,
    /// When it arrived.
    pub(crate) approximate_arrival: Timestamp,
}

/// What one call read.
#[derive(Debug, Clone)]
pub(crate) struct Read {
    /// The records, in the order of their sequence numbers.
    pub(crate) records: Vec<Record>,
    /// How far behind the shard's end the cursor is now, in ms; 0 when nothing is left.
    pub(crate) millis_behind_latest: i64,
    /// Whether the shard is closed and nothing is left: go on with its children.
    pub(crate) end_of_shard: bool,
}

/// The names of all shards of a stream that still hold something or are open, parents first.
///
/// # Errors
/// `AccessDeniedException` without kinesis:ListShards or kinesis:DescribeStream (either will do: consumers
/// are commonly given only one of them), `ResourceNotFoundException` when there is no such stream.
pub(crate) fn shards(
    world: &mut World,
    caller: &Caller,
    stream_arn: &str,
) -> Result<Vec<String>, ServiceError> {
    let target = target(caller, None, Some(stream_arn))?;
    let listed = crate::kernel::Access::to("kinesis:ListShards", &target.arn);
    if !world.decide(caller, listed).is_allowed() {
        authorize(world, caller, "kinesis:DescribeStream", &target)?;
    }
    let now = world.now;
    let stream = world.kinesis.carrying_mut(&target)?;
    stream.retire(now);
    Ok(stream.shards.iter().map(|shard| shard.id.to_string()).collect())
}

/// A cursor at the wanted place of a shard (GetShardIterator).
///
/// # Errors
/// `AccessDeniedException` without kinesis:GetShardIterator, `ResourceNotFoundException` when there
/// is no such stream or shard, `InvalidArgumentException` for a sequence number of elsewhere,
/// `ProvisionedThroughputExceededException` over five calls a second.
pub(crate) fn open(
    world: &mut World,
    caller: &Caller,
    stream_arn: &str,
    shard_id: &str,
    start: StartAt,
) -> Result<Cursor, ServiceError> {
    let target = target(caller, None, Some(stream_arn))?;
    authorize(world, caller, "kinesis:GetShardIterator", &target)?;
    let now = world.now;
    let stream = world.kinesis.carrying_mut(&target)?;
    let shard = read::shard_mut(stream, shard_id)?;
    let next = match start {
        StartAt::TrimHorizon => 0,
        StartAt::AtTimestamp(at) => shard.index_at(at),
    };
    let index = shard.index;
    if !shard.iterators.admit(now) {
        return Err(read::rate_exceeded(stream, index));
    }
    Ok(Cursor { target, shard: index, next })
}

/// Reads on from a cursor (GetRecords): at most `limit` records, 10,000, and 10 MiB.
///
/// # Errors
/// `AccessDeniedException` without kinesis:GetRecords, `ResourceNotFoundException` when the stream
/// or the shard is gone, `ProvisionedThroughputExceededException` over the shard's read limits.
pub(crate) fn read(
    world: &mut World,
    caller: &Caller,
    cursor: &mut Cursor,
    limit: usize,
) -> Result<Read, ServiceError> {
    authorize(world, caller, "kinesis:GetRecords", &cursor.target)?;
    let ReadOutcome { records, next, millis_behind_latest, end_of_shard } =
        read::read(world, &cursor.target, cursor.shard, cursor.next, limit)?;
    cursor.next = next;
    Ok(Read { records, millis_behind_latest, end_of_shard })
}

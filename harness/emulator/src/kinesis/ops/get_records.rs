//! GetRecords (kinesis reference, iterators and reads).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tributary_vocabulary::{MINUTE_MS, Timestamp};

use super::HashKeyRange;
use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::read::{RECORDS_MAX, read};
use crate::kinesis::seal::Token;
use crate::kinesis::sequence::SequenceNumber;
use crate::kinesis::shard::shard_id;
use crate::kinesis::state::authorize;
use crate::kinesis::target::{Target, check_target, invalid_argument, target};
use crate::protocol::blob::Blob;

/// How long an iterator may be used.
const ITERATOR_MS: i64 = 5 * MINUTE_MS;

/// Where to read, and how much.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The iterator.
    pub shard_iterator: Option<String>,
    /// How many records at the most: 1 to 10,000.
    pub limit: Option<i64>,
    /// The stream's ARN; the iterator says it too.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// Whether only to ask if it could be done.
    pub dry_run: Option<bool>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The records, in the order of their sequence numbers.
    pub records: Vec<Record>,
    /// Where to read on; not there when the shard is closed and nothing is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_shard_iterator: Option<String>,
    /// How far behind the end of the shard the reader is, in ms.
    pub millis_behind_latest: i64,
    /// The shards that follow; only at the end of a shard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub child_shards: Vec<ChildShard>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Record {
    /// Its sequence number.
    pub sequence_number: SequenceNumber,
    /// When it arrived, in epoch seconds.
    pub approximate_arrival_timestamp: f64,
    /// Its data.
    pub data: Blob,
    /// Its partition key.
    pub partition_key: Arc<str>,
    /// `KMS` when the stream is encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_type: Option<&'static str>,
}

/// A shard that follows a closed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ChildShard {
    /// Its name.
    pub shard_id: String,
    /// The shards that it was made from.
    pub parent_shards: Vec<String>,
    /// The hash keys that it takes.
    pub hash_key_range: HashKeyRange,
}

/// Reads on from an iterator.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `ExpiredIteratorException`,
/// `AccessDeniedException`, `ResourceNotFoundException`;
/// `ProvisionedThroughputExceededException` over the shard's read limits.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    if let Some(limit) = input.limit {
        validation.range("limit", limit, 1, 10_000);
    }
    validation.required("shardIterator", input.shard_iterator.as_ref());
    if let Some(iterator) = &input.shard_iterator {
        validation.length("shardIterator", iterator, 1, 512);
    }
    check_target(&mut validation, None, input.stream_arn.as_deref());
    validation.finish()?;
    let iterator = input.shard_iterator.as_deref().unwrap_or_default();
    let token = world
        .kinesis
        .seal
        .open("iterator", iterator)
        .ok_or_else(|| invalid_argument("Invalid ShardIterator."))?;
    check_expiry(world.now, token.issued)?;
    if input.stream_arn.as_ref().is_some_and(|arn| *arn != token.subject) {
        return Err(invalid_argument("The ShardIterator is not one of the stream in StreamARN."));
    }
    let target = target(caller, None, Some(&token.subject))?;
    authorize(world, caller, "kinesis:GetRecords", &target)?;
    super::refuse_dry_run(input.dry_run)?;
    let limit = input.limit.and_then(|n| usize::try_from(n).ok()).unwrap_or(RECORDS_MAX);
    let outcome = read(world, &target, token.shard, token.place, limit)?;
    let encryption_type =
        world.kinesis.stream(&target).ok().and_then(|stream| stream.encryption_type());
    let records = outcome
        .records
        .into_iter()
        .map(|record| Record {
            sequence_number: record.sequence_number,
            approximate_arrival_timestamp: record.approximate_arrival.epoch_seconds(),
            data: Blob(record.data),
            partition_key: record.partition_key,
            encryption_type,
        })
        .collect();
    let (next_shard_iterator, child_shards) = if outcome.end_of_shard {
        (None, children(world, &target, token.shard))
    } else {
        let next = Token { issued: world.now, place: outcome.next, ..token };
        (Some(world.kinesis.seal.close("iterator", &next)), Vec::new())
    };
    let millis_behind_latest = outcome.millis_behind_latest;
    Ok(Output { records, next_shard_iterator, millis_behind_latest, child_shards })
}

fn check_expiry(now: Timestamp, issued: Timestamp) -> Result<(), ServiceError> {
    if now.ms_since(issued) <= ITERATOR_MS {
        return Ok(());
    }
    let form = "%a %b %d %H:%M:%S UTC %Y";
    Err(ServiceError::client(
        "ExpiredIteratorException",
        format!(
            "Iterator expired. The iterator was created at time {} while right now it is {} which \
             is further in the future than the tolerated delay of {ITERATOR_MS} milliseconds.",
            issued.format(form),
            now.format(form)
        ),
    ))
}

fn children(world: &World, target: &Target, shard: u32) -> Vec<ChildShard> {
    let Ok(stream) = world.kinesis.stream(target) else { return Vec::new() };
    stream
        .shards
        .children(shard)
        .map(|child| ChildShard {
            shard_id: child.id.to_string(),
            parent_shards: child
                .parent
                .into_iter()
                .chain(child.adjacent_parent)
                .map(shard_id)
                .collect(),
            hash_key_range: HashKeyRange::of(child),
        })
        .collect()
}

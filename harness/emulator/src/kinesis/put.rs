//! How one record gets on its shard (kinesis reference, PutRecord and PutRecords).

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use tributary_vocabulary::Stage;

use super::sequence::SequenceNumber;
use super::shards::hash_key;
use super::stream::Stream;
use super::target::invalid_argument;
use crate::kernel::{Observation, ServiceError, Validation, World};

/// The largest record of any stream, in bytes of data.
pub(super) const DATA_MAX_BYTES: usize = 10_485_760;

/// A record that has passed validation.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) data: Bytes,
    pub(super) partition_key: Arc<str>,
    pub(super) hash: u128,
}

/// Where a record lies now, as its sender is told.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) shard_id: Arc<str>,
    pub(super) sequence: SequenceNumber,
}

/// A record was refused for its shard's limits.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) shard_id: Arc<str>,
    pub(super) message: String,
}

/// Checks the shape of a record's members; `path` is in front of their names.
pub(super) fn check(
    validation: &mut Validation,
    path: &str,
    data: Option<&Bytes>,
    partition_key: Option<&str>,
    explicit_hash_key: Option<&str>,
) {
    // Paths are put together only when something failed: this runs for every record.
    let at = |member: &str| format!("{path}{member}");
    match partition_key {
        None => validation.required::<()>(&at("partitionKey"), None),
        // No text of at most 256 bytes has more than 256 characters.
        Some(key) if key.is_empty() || key.len() > 256 => {
            validation.length(&at("partitionKey"), key, 1, 256);
        }
        Some(_) => {}
    }
    if let Some(key) = explicit_hash_key
        && !is_number(key, 39)
    {
        let constraint = r"Member must satisfy regular expression pattern: 0|([1-9]\d{0,38})";
        validation.fail(&at("explicitHashKey"), &key, constraint);
    }
    match data {
        None => validation.required::<Bytes>(&at("data"), None),
        Some(data) if data.len() > DATA_MAX_BYTES => {
            too_long(validation, &at("data"), data.len(), DATA_MAX_BYTES);
        }
        Some(_) => {}
    }
}

/// Whether the text is a decimal number without leading zeros, of at most so many digits.
pub(super) fn is_number(text: &str, digits: usize) -> bool {
    text == "0"
        || (!text.starts_with('0')
            && (1..=digits).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The failure of a blob that is too long, as the service's Java words it.
pub(super) fn too_long(validation: &mut Validation, path: &str, length: usize, most: usize) {
    let value = format!("java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]");
    let constraint = format!("Member must have length less than or equal to {most}");
    validation.fail(path, &value, &constraint);
}

/// A record whose members have the right shape, with its hash key.
pub(super) fn entry(
    data: Option<Bytes>,
    partition_key: Option<String>,
    explicit_hash_key: Option<&str>,
) -> Result<Entry, ServiceError> {
    let partition_key = partition_key.unwrap_or_default();
    let hash = match explicit_hash_key {
        None => hash_key(&partition_key),
        Some(key) => key.parse().map_err(|_| {
            invalid_argument(format!(
                "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. \
                 Specified value was {key}"
            ))
        })?,
    };
    Ok(Entry { data: data.unwrap_or_default(), partition_key: Arc::from(partition_key), hash })
}

/// Checks a record against the largest that the stream takes, data and partition key together.
///
/// Which error AWS gives for a record between the stream's limit and 10 MiB is not known; the form
/// of the general limit is followed.
pub(super) fn check_size(
    validation: &mut Validation,
    path: &str,
    stream: &Stream,
    data: &Bytes,
    partition_key: &str,
) {
    let most = stream.record_max_bytes();
    if data.len() + partition_key.len() > most {
        too_long(validation, &format!("{path}data"), data.len(), most);
    }
}

/// Lays a record on its shard, when the shard's limits let it.
///
/// A planted loss answers like a record that lies there; a planted duplicate lies there twice,
/// under numbers of their own, and its sender is told the first. `refusing` names the shards that
/// refused an earlier record of the same call.
pub(super) fn put(
    world: &mut World,
    arn: &Arc<str>,
    entry: Entry,
    refusing: &BTreeMap<Arc<str>, u64>,
) -> Result<Result<Placed, Refused>, ServiceError> {
    let now = world.now;
    let Entry { data, partition_key, hash } = entry;
    let Some(stream) = world.kinesis.streams.get_mut(arn) else { return Err(internal_failure()) };
    let (burst, horizon) = (stream.burst_bytes(), stream.horizon(now));
    let (name, account) = (Arc::clone(&stream.name), stream.account);
    let Some(shard) = stream.shards.route(hash) else { return Err(internal_failure()) };
    let shard_id = Arc::clone(&shard.id);
    let size = data.len() + partition_key.len();
    let admitted = if refusing.contains_key(&shard_id) {
        shard.refuse();
        false
    } else {
        shard.admit(now, size, burst)
    };
    if !admitted {
        let message =
            format!("Rate exceeded for shard {shard_id} in stream {name} under account {account}.");
        return Ok(Err(Refused { shard_id, message }));
    }
    shard.trim(horizon);
    let sequence = shard.next_sequence(now);
    if !world.tampers(Stage::Kinesis) {
        store(world, arn, hash, sequence, &data, partition_key);
        return Ok(Ok(Placed { shard_id, sequence }));
    }
    let mut next = Some(sequence);
    for data in world.pass_record(Stage::Kinesis, data) {
        let number = next.take().or_else(|| {
            let stream = world.kinesis.streams.get_mut(arn)?;
            stream.shards.route(hash).map(|shard| shard.next_sequence(now))
        });
        let Some(number) = number else { break };
        store(world, arn, hash, number, &data, Arc::clone(&partition_key));
    }
    Ok(Ok(Placed { shard_id, sequence }))
}

fn store(
    world: &mut World,
    arn: &Arc<str>,
    hash: u128,
    sequence: SequenceNumber,
    data: &Bytes,
    partition_key: Arc<str>,
) {
    let now = world.now;
    let Some(shard) =
        world.kinesis.streams.get_mut(arn).and_then(|stream| stream.shards.route(hash))
    else {
        return;
    };
    let (place, shard_id) = (Arc::clone(&shard.place), Arc::clone(&shard.id));
    shard.store(now, sequence, data.clone(), partition_key);
    world.trace("put", &place, data);
    world.observe(&Observation::Streamed { stream_arn: arn, shard_id: &shard_id, data });
    crate::firehose::on_stream_written(world, arn, &shard_id);
}

/// Tells the listener that a shard refused records.
pub(super) fn observe_refused(world: &mut World, arn: &str, shard_id: &str, records: u64) {
    world.trace("throttled", shard_id, &records.to_le_bytes());
    world.observe(&Observation::Throttled {
        stage: Stage::Kinesis,
        resource_arn: arn,
        shard_id,
        records,
    });
}

/// The service's own fault: a stream that carries data has a shard for every hash key.
fn internal_failure() -> ServiceError {
    ServiceError::client("InternalFailureException", "Internal Service Failure").status(500)
}

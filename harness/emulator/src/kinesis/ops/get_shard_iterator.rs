//! GetShardIterator (kinesis reference, iterators and reads).

use serde::{Deserialize, Serialize};
use tributary_vocabulary::Timestamp;

use super::milliseconds;
use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::put::is_number;
use crate::kinesis::read::{of_another_shard, rate_exceeded, shard_mut};
use crate::kinesis::seal::Token;
use crate::kinesis::sequence::SequenceNumber;
use crate::kinesis::shard::Shard;
use crate::kinesis::state::authorize;
use crate::kinesis::target::{check_name, check_target, invalid_argument, target};

/// The kinds of iterator, in AWS's order.
const TYPES: [&str; 5] =
    ["AFTER_SEQUENCE_NUMBER", "LATEST", "AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"];

/// Which shard, and where on it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// The shard.
    pub shard_id: Option<String>,
    /// `AT_SEQUENCE_NUMBER`, `AFTER_SEQUENCE_NUMBER`, `AT_TIMESTAMP`, `TRIM_HORIZON` or `LATEST`.
    pub shard_iterator_type: Option<String>,
    /// The sequence number, for the first two.
    pub starting_sequence_number: Option<String>,
    /// The moment in epoch seconds, for `AT_TIMESTAMP`.
    pub timestamp: Option<f64>,
    /// Whether only to ask if it could be done.
    pub dry_run: Option<bool>,
}

/// The iterator.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// An opaque text, to be used within five minutes.
    pub shard_iterator: String,
}

/// Gives an iterator at a place of a shard.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`; `ProvisionedThroughputExceededException` over five calls a second.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    validate(&input)?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:GetShardIterator", &target)?;
    let now = world.now;
    let stream = world.kinesis.carrying_mut(&target)?;
    stream.retire(now);
    let (name, account) = (stream.name.clone(), stream.account);
    let shard = shard_mut(stream, input.shard_id.as_deref().unwrap_or_default())?;
    let at = format!("stream {name} under account {account}");
    let (shard_index, place) = (shard.index, place(shard, &input, &at, now)?);
    super::refuse_dry_run(input.dry_run)?;
    if !shard.iterators.admit(now) {
        return Err(rate_exceeded(stream, shard_index));
    }
    let token = Token { issued: now, subject: target.arn, shard: shard_index, place };
    Ok(Output { shard_iterator: world.kinesis.seal.close("iterator", &token) })
}

fn validate(input: &Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    validation.required("shardIteratorType", input.shard_iterator_type.as_ref());
    if let Some(kind) = &input.shard_iterator_type {
        validation.one_of("shardIteratorType", kind, &TYPES);
    }
    if let Some(number) = &input.starting_sequence_number
        && !is_number(number, 129)
    {
        let constraint = r"Member must satisfy regular expression pattern: 0|([1-9]\d{0,128})";
        validation.fail("startingSequenceNumber", number, constraint);
    }
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    validation.required("shardId", input.shard_id.as_ref());
    if let Some(shard) = &input.shard_id {
        check_name(&mut validation, "shardId", shard);
    }
    validation.finish()?;
    let kind = input.shard_iterator_type.as_deref().unwrap_or_default();
    let by_number = matches!(kind, "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER");
    let numbered = input.starting_sequence_number.is_some();
    if kind == "AT_TIMESTAMP" {
        if input.timestamp.is_none() {
            return Err(invalid_argument(
                "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. \
                 Current request has no timestamp parameter.",
            ));
        }
    } else if by_number != numbered {
        let also = if numbered { "also a" } else { "no" };
        return Err(invalid_argument(format!(
            "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and \
             StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. \
             Request specified {kind} and {also} StartingSequenceNumber."
        )));
    }
    Ok(())
}

/// The rising number with which reading begins.
fn place(shard: &Shard, input: &Input, at: &str, now: Timestamp) -> Result<u64, ServiceError> {
    match input.shard_iterator_type.as_deref().unwrap_or_default() {
        "TRIM_HORIZON" => Ok(0),
        "AT_TIMESTAMP" => {
            let moment = milliseconds(input.timestamp.unwrap_or_default());
            if moment > now.ms() {
                return Err(invalid_argument(format!(
                    "The timestampInMillis parameter cannot be greater than the \
                     currentTimestampInMillis. timestampInMillis: {moment}, \
                     currentTimestampInMillis: {}",
                    now.ms()
                )));
            }
            Ok(shard.index_at(Timestamp::from_ms(moment)))
        }
        "LATEST" => Ok(shard.next_index()),
        kind => {
            let text = input.starting_sequence_number.as_deref().unwrap_or_default();
            let number = starting_number(shard, text, at)?;
            Ok(number.index() + u64::from(kind == "AFTER_SEQUENCE_NUMBER"))
        }
    }
}

/// The sequence number in the request, when it is one of this shard.
fn starting_number(shard: &Shard, text: &str, at: &str) -> Result<SequenceNumber, ServiceError> {
    let invalid = |because: &str| {
        invalid_argument(format!(
            "StartingSequenceNumber {text} used in GetShardIterator on shard {} in {at} is \
             invalid{because}.",
            shard.id
        ))
    };
    let number: SequenceNumber = text.parse().map_err(|_| invalid(""))?;
    if number.shard() != shard.index {
        return Err(invalid_argument(of_another_shard(number, shard)));
    }
    if number.created_s() != shard.created_s {
        return Err(invalid(" because it did not come from this stream"));
    }
    Ok(number)
}

//! SplitShard (kinesis reference, reshard and retention error texts).

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::put::is_number;
use crate::kinesis::quota;
use crate::kinesis::read::{no_such_shard, shard_index};
use crate::kinesis::shard::Shard;
use crate::kinesis::state::{authorize, begin};
use crate::kinesis::stream::{Change, Mode, Status, Stream};
use crate::kinesis::target::{check_name, check_target, invalid_argument, target};

/// Which shard, and where it is cut.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// The shard.
    pub shard_to_split: Option<String>,
    /// The smallest hash key of the second child, as a decimal number.
    pub new_starting_hash_key: Option<String>,
}

/// Begins to split a shard: it is closed and has two children when the stream is ACTIVE again.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`, `LimitExceededException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    validation.required("shardToSplit", input.shard_to_split.as_ref());
    if let Some(shard) = &input.shard_to_split {
        check_name(&mut validation, "shardToSplit", shard);
    }
    validation.required("newStartingHashKey", input.new_starting_hash_key.as_ref());
    if let Some(key) = &input.new_starting_hash_key
        && !is_number(key, 39)
    {
        let constraint = r"Member must satisfy regular expression pattern: 0|([1-9]\d{0,38})";
        validation.fail("newStartingHashKey", key, constraint);
    }
    validation.finish()?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:SplitShard", &target)?;
    let stream = world.kinesis.stream(&target)?;
    let shard = open_shard(stream, input.shard_to_split.as_deref().unwrap_or_default())?;
    let key = input.new_starting_hash_key.unwrap_or_default();
    let at = key
        .parse::<u128>()
        .ok()
        .filter(|at| *at > shard.start.saturating_add(1) && *at < shard.end)
        .ok_or_else(|| {
            invalid_argument(format!(
                "NewStartingHashKey {key} used in SplitShard() on shard {} in stream {} under \
                 account {} is not both greater than one plus the shard's StartingHashKey {} and \
                 less than the shard's EndingHashKey {}.",
                shard.id, stream.name, stream.account, shard.start, shard.end
            ))
        })?;
    let change = Change::Split { shard: shard.index, at };
    if stream.mode == Mode::Provisioned {
        quota::check_shards(world, stream.account, &stream.region, 1)?;
    }
    let delay_ms = world.settings.kinesis.reshard_ms;
    begin(world, &target.arn, Status::Updating, change, delay_ms);
    Ok(())
}

/// An open shard of an ACTIVE stream, to be split or merged.
pub(super) fn open_shard<'a>(stream: &'a Stream, text: &str) -> Result<&'a Shard, ServiceError> {
    stream.must_be_active()?;
    let index = shard_index(stream, text)?;
    let shard = stream.shards.get(index).ok_or_else(|| no_such_shard(stream, index))?;
    if shard.closed.is_some() {
        return Err(invalid_argument(format!(
            "Shard {} in stream {} under account {} has already been merged or split, and thus is \
             not eligible for merging or splitting.",
            shard.id, stream.name, stream.account
        )));
    }
    Ok(shard)
}

//! MergeShards (kinesis reference, reshard and retention error texts).

use serde::Deserialize;

use super::split_shard::open_shard;
use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::shards::are_adjacent;
use crate::kinesis::state::{authorize, begin};
use crate::kinesis::stream::{Change, Status};
use crate::kinesis::target::{check_name, check_target, invalid_argument, target};

/// Which two shards.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// The one shard.
    pub shard_to_merge: Option<String>,
    /// The other, whose hash keys lie beside the first's.
    pub adjacent_shard_to_merge: Option<String>,
}

/// Begins to merge two shards: they are closed and have one child when the stream is ACTIVE again.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    for (path, shard) in [
        ("shardToMerge", &input.shard_to_merge),
        ("adjacentShardToMerge", &input.adjacent_shard_to_merge),
    ] {
        validation.required(path, shard.as_ref());
        if let Some(shard) = shard {
            check_name(&mut validation, path, shard);
        }
    }
    validation.finish()?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:MergeShards", &target)?;
    let stream = world.kinesis.stream(&target)?;
    let one = open_shard(stream, input.shard_to_merge.as_deref().unwrap_or_default())?;
    let other = open_shard(stream, input.adjacent_shard_to_merge.as_deref().unwrap_or_default())?;
    if !are_adjacent((one.start, one.end), (other.start, other.end)) {
        return Err(invalid_argument(format!(
            "Shards {} and {} in stream {} under account {} are not an adjacent pair of shards \
             eligible for merging",
            one.id, other.id, stream.name, stream.account
        )));
    }
    let change = Change::Merge { shard: one.index, adjacent: other.index };
    let delay_ms = world.settings.kinesis.reshard_ms;
    begin(world, &target.arn, Status::Updating, change, delay_ms);
    Ok(())
}

//! DescribeStream (kinesis reference, stream lifecycle).

use serde::{Deserialize, Serialize};

use super::{EnhancedMetrics, ShardDescription, StreamModeDetails};
use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::read::shard_index;
use crate::kinesis::state::authorize;
use crate::kinesis::target::{check_name, check_target, target};

/// The shards of one answer at the most, whatever the caller's limit.
const SHARDS_MAX: usize = 100;

/// Which stream, and which page of its shards.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// How many shards at the most: 1 to 10,000; 100 are given at the most.
    pub limit: Option<i64>,
    /// The shard after which the page begins.
    pub exclusive_start_shard_id: Option<String>,
}

/// The stream.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// What there is to tell.
    pub stream_description: StreamDescription,
}

/// What there is to tell of a stream.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StreamDescription {
    /// Its name.
    pub stream_name: String,
    /// Its ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: String,
    /// Where it stands: `CREATING`, `ACTIVE`, `UPDATING` or `DELETING`.
    pub stream_status: &'static str,
    /// How its capacity is bought.
    pub stream_mode_details: StreamModeDetails,
    /// A page of its shards.
    pub shards: Vec<ShardDescription>,
    /// Whether more follow.
    pub has_more_shards: bool,
    /// For how many hours it keeps its records.
    pub retention_period_hours: i64,
    /// When it was created, in epoch seconds.
    pub stream_creation_timestamp: f64,
    /// Its metrics by shard.
    pub enhanced_monitoring: [EnhancedMetrics; 1],
    /// `NONE` or `KMS`.
    pub encryption_type: &'static str,
    /// The key, when it is encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
}

/// Tells of a stream and its shards.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    if let Some(limit) = input.limit {
        validation.range("limit", limit, 1, 10_000);
    }
    if let Some(shard) = &input.exclusive_start_shard_id {
        check_name(&mut validation, "exclusiveStartShardId", shard);
    }
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    validation.finish()?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:DescribeStream", &target)?;
    let now = world.now;
    let stream = world.kinesis.stream_mut(&target)?;
    stream.retire(now);
    let after = match &input.exclusive_start_shard_id {
        Some(text) => Some(shard_index(stream, text)?),
        None => None,
    };
    let limit = input.limit.and_then(|limit| usize::try_from(limit).ok());
    let mut page = stream.shards.after(after);
    let shards = page
        .by_ref()
        .take(limit.unwrap_or(SHARDS_MAX).min(SHARDS_MAX))
        .map(ShardDescription::of)
        .collect();
    let has_more_shards = page.next().is_some();
    Ok(Output {
        stream_description: StreamDescription {
            stream_name: stream.name.to_string(),
            stream_arn: stream.arn.to_string(),
            stream_status: stream.status.name(),
            stream_mode_details: stream.mode.into(),
            shards,
            has_more_shards,
            retention_period_hours: stream.retention_h,
            stream_creation_timestamp: stream.created.epoch_seconds(),
            enhanced_monitoring: [EnhancedMetrics::of(stream)],
            encryption_type: stream.encryption_type().unwrap_or("NONE"),
            key_id: stream.key_id.clone(),
        },
    })
}

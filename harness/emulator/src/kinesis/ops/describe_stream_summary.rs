//! DescribeStreamSummary (kinesis reference, stream lifecycle).

use serde::{Deserialize, Serialize};

use super::{EnhancedMetrics, StreamModeDetails};
use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::state::authorize;
use crate::kinesis::stream::Status;
use crate::kinesis::target::{check_target, target};

/// Which stream.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
}

/// The stream.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// What there is to tell.
    pub stream_description_summary: StreamDescriptionSummary,
}

/// What there is to tell of a stream, without its shards.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StreamDescriptionSummary {
    /// Its name.
    pub stream_name: String,
    /// Its ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: String,
    /// Where it stands: `CREATING`, `ACTIVE`, `UPDATING` or `DELETING`.
    pub stream_status: &'static str,
    /// How its capacity is bought.
    pub stream_mode_details: StreamModeDetails,
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
    /// Its open shards; not there while it is CREATING.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_shard_count: Option<u32>,
    /// Its registered consumers.
    pub consumer_count: u32,
    /// The largest record, in KiB.
    #[serde(rename = "MaxRecordSizeInKiB")]
    pub max_record_size_in_kib: i64,
    /// Its channels.
    pub channel_count: u32,
}

/// Tells of a stream.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    validation.finish()?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:DescribeStreamSummary", &target)?;
    let stream = world.kinesis.stream(&target)?;
    let open = stream.shards.open_count();
    Ok(Output {
        stream_description_summary: StreamDescriptionSummary {
            stream_name: stream.name.to_string(),
            stream_arn: stream.arn.to_string(),
            stream_status: stream.status.name(),
            stream_mode_details: stream.mode.into(),
            retention_period_hours: stream.retention_h,
            stream_creation_timestamp: stream.created.epoch_seconds(),
            enhanced_monitoring: [EnhancedMetrics::of(stream)],
            encryption_type: stream.encryption_type().unwrap_or("NONE"),
            key_id: stream.key_id.clone(),
            open_shard_count: (stream.status != Status::Creating).then_some(open),
            consumer_count: 0,
            max_record_size_in_kib: stream.record_kib,
            channel_count: 0,
        },
    })
}

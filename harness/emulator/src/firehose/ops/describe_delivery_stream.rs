//! DescribeDeliveryStream.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::firehose::config::KinesisSourceMembers;
use crate::firehose::stream::{DeliveryStream, authorized, required_name, stream_mut};
use crate::kernel::{Caller, ServiceError, Validation, World};

/// What DescribeDeliveryStream reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Input {
    /// The name.
    pub delivery_stream_name: Option<String>,
    /// How many destinations are described; a stream has one.
    pub limit: Option<i64>,
    /// Behind which destination the description begins; a stream has one.
    pub exclusive_start_destination_id: Option<String>,
}

/// What DescribeDeliveryStream answers.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The description.
    pub delivery_stream_description: Description,
}

/// `DeliveryStreamDescription`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Description {
    /// The name.
    pub delivery_stream_name: String,
    /// The ARN.
    #[serde(rename = "DeliveryStreamARN")]
    pub delivery_stream_arn: String,
    /// `CREATING`, `ACTIVE` or `DELETING`.
    pub delivery_stream_status: &'static str,
    /// `DirectPut` or `KinesisStreamAsSource`.
    pub delivery_stream_type: &'static str,
    /// Encryption, which is always off.
    pub delivery_stream_encryption_configuration: Value,
    /// `1`, and one more with every change.
    pub version_id: String,
    /// When it was created, in epoch seconds.
    pub create_timestamp: f64,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_update_timestamp: Option<f64>,
    /// The source, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Value>,
    /// The one destination.
    pub destinations: Vec<Value>,
    /// Never.
    pub has_more_destinations: bool,
}

/// Describes a delivery stream.
///
/// # Errors
/// `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    if let Some(limit) = input.limit {
        validation.range("limit", limit, 1, 10_000);
    }
    let name = required_name(validation, input.delivery_stream_name)?;
    let id = authorized(world, caller, "firehose:DescribeDeliveryStream", &name)?;
    let stream = stream_mut(world, caller, &name, id)?;
    Ok(Output { delivery_stream_description: describe(stream)? })
}

fn describe(stream: &DeliveryStream) -> Result<Description, ServiceError> {
    let source = |source: &KinesisSourceMembers| {
        json!({"KinesisStreamSourceDescription": {
            "KinesisStreamARN": source.stream_arn,
            "RoleARN": source.role_arn,
            "DeliveryStartTimestamp": stream.created.epoch_seconds(),
        }})
    };
    Ok(Description {
        delivery_stream_name: stream.plan.name.clone(),
        delivery_stream_arn: stream.plan.arn.as_ref().to_owned(),
        delivery_stream_status: stream.status.name(),
        delivery_stream_type: kind(stream),
        delivery_stream_encryption_configuration: json!({"Status": "DISABLED"}),
        version_id: stream.plan.version.to_string(),
        create_timestamp: stream.created.epoch_seconds(),
        last_update_timestamp: stream.updated.map(tributary_vocabulary::Timestamp::epoch_seconds),
        source: stream.source.as_ref().map(source),
        destinations: vec![stream.destination.description()?],
        has_more_destinations: false,
    })
}

/// `DeliveryStreamType`.
pub(super) fn kind(stream: &DeliveryStream) -> &'static str {
    if stream.source.is_some() { "KinesisStreamAsSource" } else { "DirectPut" }
}

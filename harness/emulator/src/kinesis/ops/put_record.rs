//! PutRecord (kinesis reference, PutRecord and PutRecords).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::put::{self, check, check_size, entry, is_number};
use crate::kinesis::sequence::SequenceNumber;
use crate::kinesis::state::authorize;
use crate::kinesis::target::{check_target, invalid_argument, target};
use crate::protocol::blob::Blob;

/// One record for a stream, which is named by name, ARN or both.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// The record's data.
    pub data: Option<Blob>,
    /// What decides about its shard: 1 to 256 characters.
    pub partition_key: Option<String>,
    /// A decimal number that decides instead: 0 to 2¹²⁸ − 1.
    pub explicit_hash_key: Option<String>,
    /// A sequence number that the record's has to exceed; every number of a shard does so by itself.
    pub sequence_number_for_ordering: Option<String>,
    /// Whether only to ask if it could be done.
    pub dry_run: Option<bool>,
}

/// Where the record lies.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The shard.
    pub shard_id: Arc<str>,
    /// The record's sequence number.
    pub sequence_number: SequenceNumber,
    /// `KMS` when the stream is encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_type: Option<&'static str>,
}

/// Puts one record on the shard of its key.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `ResourceNotFoundException`,
/// `AccessDeniedException`; `ProvisionedThroughputExceededException` when the shard is at its limit.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    let data = input.data.map(|blob| blob.0);
    let explicit = input.explicit_hash_key.as_deref();
    check(&mut validation, "", data.as_ref(), input.partition_key.as_deref(), explicit);
    if let Some(number) = &input.sequence_number_for_ordering
        && !is_number(number, 129)
    {
        let constraint = r"Member must satisfy regular expression pattern: 0|([1-9]\d{0,128})";
        validation.fail("sequenceNumberForOrdering", number, constraint);
    }
    validation.finish()?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    let entry = entry(data, input.partition_key, explicit)?;
    authorize(world, caller, "kinesis:PutRecord", &target)?;
    let now = world.now;
    let stream = world.kinesis.carrying_mut(&target)?;
    if let Some(number) = &input.sequence_number_for_ordering
        && !number.parse::<SequenceNumber>().is_ok_and(|n| n.arrived_s() <= now.s())
    {
        return Err(invalid_argument(format!(
            "ExclusiveMinimumSequenceNumber {number} used in PutRecord on stream {} under account \
             {} is invalid.",
            stream.name, stream.account
        )));
    }
    let mut validation = Validation::new();
    check_size(&mut validation, "", stream, &entry.data, &entry.partition_key);
    validation.finish()?;
    super::refuse_dry_run(input.dry_run)?;
    let (arn, encryption_type) = (Arc::clone(&stream.arn), stream.encryption_type());
    match put::put(world, &arn, entry)? {
        Ok(placed) => Ok(Output {
            shard_id: placed.shard_id,
            sequence_number: placed.sequence,
            encryption_type,
        }),
        Err(refused) => {
            put::observe_refused(world, &arn, &refused.shard_id, 1);
            Err(ServiceError::client("ProvisionedThroughputExceededException", refused.message))
        }
    }
}

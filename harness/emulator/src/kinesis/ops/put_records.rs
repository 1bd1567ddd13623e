//! PutRecords (kinesis reference, PutRecord and PutRecords).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::put::{self, check, check_size, entry};
use crate::kinesis::sequence::SequenceNumber;
use crate::kinesis::state::authorize;
use crate::kinesis::target::{check_target, invalid_argument, target};
use crate::protocol::blob::Blob;

/// The records of one call.
pub const RECORDS_MAX: usize = 500;
/// The bytes of one call, partition keys included: 10 MiB.
pub const BYTES_MAX: usize = 10 << 20;

/// Records for a stream, which is named by name, ARN or both.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// 1 to 500 records, 10 MiB together.
    pub records: Option<Vec<Record>>,
    /// Whether only to ask if it could be done.
    pub dry_run: Option<bool>,
}

/// One record.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Record {
    /// Its data.
    pub data: Option<Blob>,
    /// What decides about its shard: 1 to 256 characters.
    pub partition_key: Option<String>,
    /// A decimal number that decides instead: 0 to 2¹²⁸ − 1.
    pub explicit_hash_key: Option<String>,
}

/// What became of the records.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// How many of them failed.
    pub failed_record_count: usize,
    /// One entry for every record, in their order.
    pub records: Vec<Entry>,
    /// `KMS` when the stream is encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_type: Option<&'static str>,
}

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Entry {
    /// It lies on a shard.
    #[serde(rename_all = "PascalCase")]
    Placed {
        /// Its sequence number.
        sequence_number: SequenceNumber,
        /// The shard.
        shard_id: Arc<str>,
    },
    /// It does not; its sender has to send it again.
    #[serde(rename_all = "PascalCase")]
    Failed {
        /// `ProvisionedThroughputExceededException` or `InternalFailure`.
        error_code: &'static str,
        /// Why, as a sentence.
        error_message: String,
    },
}

/// Puts every record on the shard of its key; one that is refused does not stop those after it.
///
/// # Errors
/// Those of the whole call: `ValidationException`, `InvalidArgumentException`,
/// `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    validate(&input)?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    let records = input.records.unwrap_or_default();
    let mut bytes = 0;
    let mut entries = Vec::with_capacity(records.len());
    for record in records {
        let data = record.data.map(|blob| blob.0);
        let entry = entry(data, record.partition_key, record.explicit_hash_key.as_deref())?;
        bytes += entry.data.len() + entry.partition_key.len();
        entries.push(entry);
    }
    if bytes > BYTES_MAX {
        // The wording of the former limit of 5 MB; the present one's is not known.
        return Err(invalid_argument("Records size exceeds 10 MB limit"));
    }
    authorize(world, caller, "kinesis:PutRecords", &target)?;
    let stream = world.kinesis.carrying_mut(&target)?;
    let mut validation = Validation::new();
    if bytes > stream.record_max_bytes() {
        for (n, entry) in entries.iter().enumerate() {
            let path = format!("records.{}.member.", n + 1);
            check_size(&mut validation, &path, stream, &entry.data, &entry.partition_key);
        }
    }
    validation.finish()?;
    super::refuse_dry_run(input.dry_run)?;
    let (arn, encryption_type) = (Arc::clone(&stream.arn), stream.encryption_type());
    let (records, refused) = put_all(world, &arn, entries);
    let failed_record_count =
        records.iter().filter(|record| matches!(record, Entry::Failed { .. })).count();
    for (shard_id, count) in refused {
        put::observe_refused(world, &arn, &shard_id, count);
    }
    Ok(Output { failed_record_count, records, encryption_type })
}

/// What became of each record, and how many each shard refused.
fn put_all(
    world: &mut World,
    arn: &Arc<str>,
    entries: Vec<put::Entry>,
) -> (Vec<Entry>, BTreeMap<Arc<str>, u64>) {
    let mut refusals = BTreeMap::<Arc<str>, u64>::new();
    let records = entries
        .into_iter()
        .map(|entry| match put::put(world, arn, entry) {
            Ok(Ok(placed)) => {
                Entry::Placed { sequence_number: placed.sequence, shard_id: placed.shard_id }
            }
            Ok(Err(refused)) => {
                *refusals.entry(refused.shard_id).or_default() += 1;
                Entry::Failed {
                    error_code: "ProvisionedThroughputExceededException",
                    error_message: refused.message,
                }
            }
            Err(error) => {
                Entry::Failed { error_code: "InternalFailure", error_message: error.message }
            }
        })
        .collect();
    (records, refusals)
}

/// One bad record refuses the whole call.
fn validate(input: &Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    match &input.records {
        None => validation.required::<()>("records", None),
        Some(records) if records.is_empty() => {
            let constraint = "Member must have length greater than or equal to 1";
            validation.fail("records", &"[]", constraint);
        }
        Some(records) if records.len() > RECORDS_MAX => {
            // The service prints every record here; their number says as much.
            let value = format!("[{} records]", records.len());
            let constraint = format!("Member must have length less than or equal to {RECORDS_MAX}");
            validation.fail("records", &value, &constraint);
        }
        Some(_) => {}
    }
    for (n, record) in input.records.iter().flatten().enumerate() {
        let data = record.data.as_ref().map(|blob| &blob.0);
        let (key, explicit) =
            (record.partition_key.as_deref(), record.explicit_hash_key.as_deref());
        let suspicious = data.is_none_or(|data| data.len() > put::DATA_MAX_BYTES)
            || key.is_none_or(|key| key.is_empty() || key.len() > 256)
            || explicit.is_some();
        if suspicious {
            check(&mut validation, &format!("records.{}.member.", n + 1), data, key, explicit);
        }
    }
    validation.finish()
}

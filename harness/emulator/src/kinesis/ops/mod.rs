//! The operations, one in a file; and the shapes that several of them answer with.
#![expect(clippy::needless_pass_by_value, reason = "every operation owns its input")]

use serde::{Deserialize, Serialize};

use super::shard::{Shard, shard_id};
use super::stream::{Mode, Stream};
use crate::kernel::{ServiceError, Validation};

pub mod add_tags_to_stream;
pub mod create_stream;
pub mod decrease_stream_retention_period;
pub mod delete_resource_policy;
pub mod delete_stream;
pub mod describe_limits;
pub mod describe_stream;
pub mod describe_stream_summary;
pub mod disable_enhanced_monitoring;
pub mod enable_enhanced_monitoring;
pub mod get_records;
pub mod get_resource_policy;
pub mod get_shard_iterator;
pub mod increase_stream_retention_period;
pub mod list_shards;
pub mod list_streams;
pub mod list_tags_for_resource;
pub mod list_tags_for_stream;
pub mod merge_shards;
pub mod put_record;
pub mod put_records;
pub mod put_resource_policy;
pub mod remove_tags_from_stream;
pub mod split_shard;
pub mod start_stream_encryption;
pub mod stop_stream_encryption;
pub mod tag_resource;
pub mod untag_resource;
pub mod update_max_record_size;
pub mod update_shard_count;
pub mod update_stream_mode;

/// How a stream's capacity is bought.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StreamModeDetails {
    /// `PROVISIONED` or `ON_DEMAND`.
    pub stream_mode: String,
}

impl StreamModeDetails {
    /// Checks that the mode is one.
    pub(super) fn check(&self, validation: &mut Validation) {
        let modes = [Mode::Provisioned.name(), Mode::OnDemand.name()];
        validation.one_of("streamModeDetails.streamMode", &self.stream_mode, &modes);
    }

    /// The mode.
    pub(super) fn mode(&self) -> Option<Mode> {
        Mode::named(&self.stream_mode)
    }
}

impl From<Mode> for StreamModeDetails {
    fn from(mode: Mode) -> Self {
        Self { stream_mode: mode.name().to_owned() }
    }
}

/// A range of hash keys, both ends included, as decimal numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct HashKeyRange {
    /// The smallest.
    pub starting_hash_key: String,
    /// The largest.
    pub ending_hash_key: String,
}

impl HashKeyRange {
    fn of(shard: &Shard) -> Self {
        Self { starting_hash_key: shard.start.to_string(), ending_hash_key: shard.end.to_string() }
    }
}

/// The sequence numbers of a shard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SequenceNumberRange {
    /// Where they begin.
    pub starting_sequence_number: String,
    /// Where they end; only when the shard is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ending_sequence_number: Option<String>,
}

/// What there is to tell of a shard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ShardDescription {
    /// Its name.
    pub shard_id: String,
    /// The shard that it was made from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_shard_id: Option<String>,
    /// The other shard that it was made from, when two were merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjacent_parent_shard_id: Option<String>,
    /// The hash keys that it takes.
    pub hash_key_range: HashKeyRange,
    /// Its sequence numbers.
    pub sequence_number_range: SequenceNumberRange,
}

impl ShardDescription {
    fn of(shard: &Shard) -> Self {
        Self {
            shard_id: shard.id.to_string(),
            parent_shard_id: shard.parent.map(shard_id),
            adjacent_parent_shard_id: shard.adjacent_parent.map(shard_id),
            hash_key_range: HashKeyRange::of(shard),
            sequence_number_range: SequenceNumberRange {
                starting_sequence_number: shard.starting_sequence().to_string(),
                ending_sequence_number: shard.ending_sequence().map(|number| number.to_string()),
            },
        }
    }
}

/// The metrics that a stream gives by shard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EnhancedMetrics {
    /// Their names.
    pub shard_level_metrics: Vec<&'static str>,
}

impl EnhancedMetrics {
    fn of(stream: &Stream) -> Self {
        Self { shard_level_metrics: stream.metrics.iter().copied().collect() }
    }
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// A call that only asks whether it could be done ends here, when it could.
///
/// The sentence is that of other services with such a member; Kinesis's own is not known.
fn refuse_dry_run(dry_run: Option<bool>) -> Result<(), ServiceError> {
    if dry_run == Some(true) {
        return Err(ServiceError::client(
            "DryRunOperationException",
            "Request would have succeeded, but DryRun flag is set.",
        ));
    }
    Ok(())
}

/// Epoch seconds with a fraction, as AWS JSON writes moments, in ms; saturates.
#[expect(clippy::cast_possible_truncation, reason = "saturates, as is wanted")]
fn milliseconds(epoch_seconds: f64) -> i64 {
    (epoch_seconds * 1000.0).round() as i64
}

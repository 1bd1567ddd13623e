//! Kinesis Data Streams.
//!
//! The limits of shards are kept exactly. The call rates of the control plane (5, 10 or 20 calls a
//! second) are not: they would only make clients wait. Registered consumers and SubscribeToShard
//! are not offered.

mod limits;
pub mod ops;
mod put;
mod quota;
mod read;
pub(crate) mod reader;
mod seal;
mod sequence;
mod settings;
mod shard;
mod shards;
mod state;
mod statistics;
mod stream;
mod tags;
mod target;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod view;

pub use limits::{
    READ_BYTES_PER_CALL, READ_BYTES_PER_S, READ_CALLS_PER_S, WRITE_BYTES_PER_S, WRITE_RECORDS_PER_S,
};
pub use sequence::{SequenceNumber, SequenceNumberError};
pub use settings::Settings;
pub use shards::hash_key;
pub use state::{State, Timer};
pub(crate) use state::{on_timer, resource_policy};
pub use statistics::ShardStatistics;

use crate::json_operation;
use crate::protocol::aws_json::JsonOperation;

/// The rows of the operation table.
pub const OPERATIONS: &[JsonOperation] = &[
    json_operation!("AddTagsToStream", ops::add_tags_to_stream),
    json_operation!("CreateStream", ops::create_stream),
    json_operation!("DecreaseStreamRetentionPeriod", ops::decrease_stream_retention_period),
    json_operation!("DeleteResourcePolicy", ops::delete_resource_policy),
    json_operation!("DeleteStream", ops::delete_stream),
    json_operation!("DescribeLimits", ops::describe_limits),
    json_operation!("DescribeStream", ops::describe_stream),
    json_operation!("DescribeStreamSummary", ops::describe_stream_summary),
    json_operation!("DisableEnhancedMonitoring", ops::disable_enhanced_monitoring),
    json_operation!("EnableEnhancedMonitoring", ops::enable_enhanced_monitoring),
    json_operation!("GetRecords", ops::get_records),
    json_operation!("GetResourcePolicy", ops::get_resource_policy),
    json_operation!("GetShardIterator", ops::get_shard_iterator),
    json_operation!("IncreaseStreamRetentionPeriod", ops::increase_stream_retention_period),
    json_operation!("ListShards", ops::list_shards),
    json_operation!("ListStreams", ops::list_streams),
    json_operation!("ListTagsForResource", ops::list_tags_for_resource),
    json_operation!("ListTagsForStream", ops::list_tags_for_stream),
    json_operation!("MergeShards", ops::merge_shards),
    json_operation!("PutRecord", ops::put_record),
    json_operation!("PutRecords", ops::put_records),
    json_operation!("PutResourcePolicy", ops::put_resource_policy),
    json_operation!("RemoveTagsFromStream", ops::remove_tags_from_stream),
    json_operation!("SplitShard", ops::split_shard),
    json_operation!("StartStreamEncryption", ops::start_stream_encryption),
    json_operation!("StopStreamEncryption", ops::stop_stream_encryption),
    json_operation!("TagResource", ops::tag_resource),
    json_operation!("UntagResource", ops::untag_resource),
    json_operation!("UpdateMaxRecordSize", ops::update_max_record_size),
    json_operation!("UpdateShardCount", ops::update_shard_count),
    json_operation!("UpdateStreamMode", ops::update_stream_mode),
];

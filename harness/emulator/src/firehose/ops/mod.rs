//! The operations of Data Firehose (firehose reference, §2).

pub mod create_delivery_stream;
pub mod delete_delivery_stream;
pub mod describe_delivery_stream;
pub mod list_delivery_streams;
pub mod list_tags_for_delivery_stream;
pub mod put_record;
pub mod put_record_batch;
pub mod tag_delivery_stream;
pub mod untag_delivery_stream;
pub mod update_destination;

mod put;
mod tags;

use crate::json_operation;
use crate::protocol::aws_json::JsonOperation;

/// The rows of the operation table.
pub const OPERATIONS: &[JsonOperation] = &[
    json_operation!("CreateDeliveryStream", crate::firehose::ops::create_delivery_stream),
    json_operation!("DeleteDeliveryStream", crate::firehose::ops::delete_delivery_stream),
    json_operation!("DescribeDeliveryStream", crate::firehose::ops::describe_delivery_stream),
    json_operation!("ListDeliveryStreams", crate::firehose::ops::list_delivery_streams),
    json_operation!(
        "ListTagsForDeliveryStream",
        crate::firehose::ops::list_tags_for_delivery_stream
    ),
    json_operation!("PutRecord", crate::firehose::ops::put_record),
    json_operation!("PutRecordBatch", crate::firehose::ops::put_record_batch),
    json_operation!("TagDeliveryStream", crate::firehose::ops::tag_delivery_stream),
    json_operation!("UntagDeliveryStream", crate::firehose::ops::untag_delivery_stream),
    json_operation!("UpdateDestination", crate::firehose::ops::update_destination),
];

//! CloudWatch Logs: log groups and streams, what is put into them, and subscriptions that carry it
//! on, across accounts by destinations.

mod access;
mod delivery;
mod destination_policy;
mod error;
mod ingest;
mod model;
mod names;
pub mod ops;
mod page;
pub mod pattern;
mod read;
mod settings;
mod state;
mod tags;
#[cfg(test)]
mod tests;
mod view;

use crate::json_operation;
use crate::kernel::World;
use crate::protocol::aws_json::JsonOperation;

pub(crate) use access::resource_policy;
pub use delivery::LaneKey;
pub use model::{
    Batch, Destination, DestinationKey, Disabled, Distribution, EVENT_OVERHEAD_BYTES, Envelope,
    EnvelopeEvent, Group, GroupKey, LogEventId, LogEventIdError, LogGroupClass, LogStream,
    MessageType, PolicyScope, ResourcePolicies, ResourcePolicy, StoredEvent, SubscriptionFilter,
    Text,
};
pub use settings::Settings;
pub use state::State;
pub use view::LogGroupView;

/// The rows of the operation table.
pub const OPERATIONS: &[JsonOperation] = &[
    json_operation!("CreateLogGroup", ops::create_log_group),
    json_operation!("DescribeLogGroups", ops::describe_log_groups),
    json_operation!("DeleteLogGroup", ops::delete_log_group),
    json_operation!("CreateLogStream", ops::create_log_stream),
    json_operation!("DescribeLogStreams", ops::describe_log_streams),
    json_operation!("DeleteLogStream", ops::delete_log_stream),
    json_operation!("PutRetentionPolicy", ops::put_retention_policy),
    json_operation!("DeleteRetentionPolicy", ops::delete_retention_policy),
    json_operation!("PutLogEvents", ops::put_log_events),
    json_operation!("GetLogEvents", ops::get_log_events),
    json_operation!("FilterLogEvents", ops::filter_log_events),
    json_operation!("TestMetricFilter", ops::test_metric_filter),
    json_operation!("PutDestination", ops::put_destination),
    json_operation!("PutDestinationPolicy", ops::put_destination_policy),
    json_operation!("DescribeDestinations", ops::describe_destinations),
    json_operation!("DeleteDestination", ops::delete_destination),
    json_operation!("PutSubscriptionFilter", ops::put_subscription_filter),
    json_operation!("DescribeSubscriptionFilters", ops::describe_subscription_filters),
    json_operation!("DeleteSubscriptionFilter", ops::delete_subscription_filter),
    json_operation!("PutResourcePolicy", ops::put_resource_policy),
    json_operation!("DescribeResourcePolicies", ops::describe_resource_policies),
    json_operation!("DeleteResourcePolicy", ops::delete_resource_policy),
    json_operation!("TagResource", ops::tag_resource),
    json_operation!("UntagResource", ops::untag_resource),
    json_operation!("ListTagsForResource", ops::list_tags_for_resource),
];

/// What is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Timer {
    /// The first of what is on its way on a lane.
    Deliver {
        /// The lane.
        lane: LaneKey,
    },
}

pub(crate) fn on_timer(world: &mut World, timer: Timer) {
    match timer {
        Timer::Deliver { lane } => delivery::on_due(world, lane),
    }
}

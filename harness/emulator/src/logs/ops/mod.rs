//! The operations, one file each.

#![expect(
    clippy::needless_pass_by_value,
    reason = "the table of operations gives every input away, read or taken apart"
)]

pub mod create_log_group;
pub mod create_log_stream;
pub mod delete_destination;
pub mod delete_log_group;
pub mod delete_log_stream;
pub mod delete_resource_policy;
pub mod delete_retention_policy;
pub mod delete_subscription_filter;
pub mod describe_destinations;
pub mod describe_log_groups;
pub mod describe_log_streams;
pub mod describe_resource_policies;
pub mod describe_subscription_filters;
pub mod filter_log_events;
pub mod get_log_events;
pub mod list_tags_for_resource;
pub mod put_destination;
pub mod put_destination_policy;
pub mod put_log_events;
pub mod put_resource_policy;
pub mod put_retention_policy;
pub mod put_subscription_filter;
pub mod tag_resource;
pub mod test_metric_filter;
pub mod untag_resource;

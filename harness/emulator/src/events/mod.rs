//! EventBridge: event buses, rules with patterns, and targets to which matched events are delivered
//! (guardduty reference, §6).

mod bus;
mod deliver;
mod emit;
mod error;
pub mod ops;
mod page;
pub mod pattern;
mod route;
mod rule;
mod schedule;
mod settings;
mod state;
mod statistics;
mod tags;
mod target;
#[cfg(test)]
pub(crate) mod tests;
mod transform;
mod view;

use crate::json_operation;
use crate::kernel::World;
use crate::protocol::aws_json::JsonOperation;

pub use bus::{Bus, BusKey, DEFAULT_BUS};
pub use emit::emit;
pub(crate) use emit::why;
pub(crate) use route::{Arriving, Failure, Routing, route};
pub use settings::Settings;
pub use state::State;
pub(crate) use state::resource_policy;
pub use statistics::RuleStatistics;
pub use tags::Tag;
pub use target::{KinesisInput, RetryInput, TargetInput, TransformerInput};
pub use view::log_stream_name;

/// The rows of the operation table.
pub const OPERATIONS: &[JsonOperation] = &[
    json_operation!("CreateEventBus", ops::create_event_bus),
    json_operation!("DeleteEventBus", ops::delete_event_bus),
    json_operation!("DeleteRule", ops::delete_rule),
    json_operation!("DescribeEventBus", ops::describe_event_bus),
    json_operation!("DescribeRule", ops::describe_rule),
    json_operation!("DisableRule", ops::disable_rule),
    json_operation!("EnableRule", ops::enable_rule),
    json_operation!("ListEventBuses", ops::list_event_buses),
    json_operation!("ListRuleNamesByTarget", ops::list_rule_names_by_target),
    json_operation!("ListRules", ops::list_rules),
    json_operation!("ListTagsForResource", ops::list_tags_for_resource),
    json_operation!("ListTargetsByRule", ops::list_targets_by_rule),
    json_operation!("PutEvents", ops::put_events),
    json_operation!("PutPermission", ops::put_permission),
    json_operation!("PutRule", ops::put_rule),
    json_operation!("PutTargets", ops::put_targets),
    json_operation!("RemovePermission", ops::remove_permission),
    json_operation!("RemoveTargets", ops::remove_targets),
    json_operation!("TagResource", ops::tag_resource),
    json_operation!("TestEventPattern", ops::test_event_pattern),
    json_operation!("UntagResource", ops::untag_resource),
];

/// What is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Timer {
    /// A delivery that was refused for a limit is tried again.
    Again {
        /// Its number.
        number: u64,
    },
}

pub(crate) fn on_timer(world: &mut World, timer: Timer) {
    match timer {
        Timer::Again { number } => deliver::again(world, number),
    }
}

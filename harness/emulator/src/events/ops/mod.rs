//! The operations, one in a file; and the shapes that several of them answer with.
#![expect(clippy::needless_pass_by_value, reason = "every operation owns its input")]

use serde::Deserialize;

pub mod create_event_bus;
pub mod delete_event_bus;
pub mod delete_rule;
pub mod describe_event_bus;
pub mod describe_rule;
pub mod disable_rule;
pub mod enable_rule;
pub mod list_event_buses;
pub mod list_rule_names_by_target;
pub mod list_rules;
pub mod list_tags_for_resource;
pub mod list_targets_by_rule;
pub mod put_events;
pub mod put_permission;
pub mod put_rule;
pub mod put_targets;
pub mod remove_permission;
pub mod remove_targets;
pub mod tag_resource;
pub mod test_event_pattern;
pub mod untag_resource;

/// A rule on a bus.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RuleInput {
    /// Its name.
    pub name: Option<String>,
    /// The name or ARN of its bus; the default one when absent.
    pub event_bus_name: Option<String>,
}

//! What the harness may see of EventBridge.

use super::statistics::RuleStatistics;
use crate::kernel::{Ids, World};

impl World {
    /// What a rule did so far; nothing when there is no such rule.
    #[must_use]
    pub fn rule_statistics(&self, rule_arn: &str) -> RuleStatistics {
        self.events.statistics.get(rule_arn).copied().unwrap_or_default()
    }

    /// Every enabled or disabled rule with the log groups that its targets name: their ARNs.
    pub fn rules_to_log_groups(&self) -> impl Iterator<Item = (&str, String)> {
        self.events.buses.values().flat_map(|bus| bus.rules.values()).flat_map(|rule| {
            rule.targets.values().filter_map(|target| {
                target.log_group().map(|group| (rule.arn.as_str(), group.arn()))
            })
        })
    }
}

/// The log stream into which a rule writes in a log group: the name of a GUID, the same in every
/// run of one seed. AWS's naming is not known; one stream for a rule keeps its events in order.
#[must_use]
pub fn log_stream_name(world: &World, rule_arn: &str, log_group: &str) -> String {
    let seed = world.events.streams.child(rule_arn).child(log_group);
    Ids::new(seed).uuid()
}

//! What may be set of EventBridge.

use tributary_vocabulary::{MINUTE_MS, SECOND_MS};

/// The settings of EventBridge.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The rules of one event bus at the most: 300 by documentation as recalled.
    pub rules_per_bus: usize,
    /// The targets of one rule at the most: 5 by documentation as recalled.
    pub targets_per_rule: usize,
    /// The custom event buses of an account in a Region at the most: 100.
    pub buses_per_region: usize,
    /// Whether PutTargets takes only log groups whose names begin with `/aws/events/`. AWS's console
    /// does; whether its API does is not known, and newer texts want a leading `/` only. Off.
    pub log_groups_under_aws_events_only: bool,
    /// Whether both `events.amazonaws.com` and `delivery.logs.amazonaws.com` have to be admitted by
    /// the log group's resource policy. AWS's guide names both; which of them writes is not known.
    /// Off: it is enough that one is admitted, as long as neither is denied.
    pub log_groups_need_both_principals: bool,
    /// The wait before a throttled delivery is repeated for the first time, in ms; doubled every
    /// time. Not documented.
    pub retry_first_ms: i64,
    /// The longest such wait, in ms. Not documented.
    pub retry_max_ms: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rules_per_bus: 300,
            targets_per_rule: 5,
            buses_per_region: 100,
            log_groups_under_aws_events_only: false,
            log_groups_need_both_principals: false,
            retry_first_ms: SECOND_MS,
            retry_max_ms: MINUTE_MS,
        }
    }
}

//! What may be set, where AWS's behaviour is not known or differs between accounts.

use tributary_vocabulary::{HOUR_MS, MINUTE_MS, SECOND_MS};

/// The settings of CloudWatch Logs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The shortest time from PutLogEvents to the first attempt to deliver, in milliseconds. AWS
    /// says "near real time"; half a second is a choice.
    pub delivery_delay_min_ms: i64,
    /// The longest such time, in milliseconds; every envelope draws its own between the two.
    pub delivery_delay_max_ms: i64,
    /// The gzip level of envelopes, 0 to 9. AWS's is not known (its guide's own example uses 6);
    /// the fastest is a choice.
    pub gzip_level: u32,
    /// The largest gzip of one envelope in bytes; larger ones are split. One MiB, as a record.
    pub record_max_bytes: usize,
    /// How long AWS waits before it repeats a throttled delivery for the first time, in
    /// milliseconds; doubled every time. Not documented.
    pub retry_first_ms: i64,
    /// The longest such wait, in milliseconds. Not documented.
    pub retry_max_ms: i64,
    /// How long a throttled delivery is repeated before it is given up, in milliseconds: 24 hours.
    pub retry_for_ms: i64,
    /// How long a filter is switched off after its destination refused it, in milliseconds: AWS
    /// says up to ten minutes. What is due meanwhile is lost.
    pub disabled_after_refusal_ms: i64,
    /// How many subscription filters a log group may have: 2 by AWS's documentation; newer
    /// accounts are said to have 5.
    pub subscription_filters_max: usize,
    /// Whether PutLogEvents drops events from before their group was made as too old. It was seen
    /// once and is not documented; off, so that a group may be filled with older events.
    pub drop_events_before_group: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            delivery_delay_min_ms: 500,
            delivery_delay_max_ms: 2 * SECOND_MS,
            gzip_level: 1,
            record_max_bytes: 1_048_576 - 36,
            retry_first_ms: SECOND_MS,
            retry_max_ms: MINUTE_MS,
            retry_for_ms: 24 * HOUR_MS,
            disabled_after_refusal_ms: 10 * MINUTE_MS,
            subscription_filters_max: 2,
            drop_events_before_group: false,
        }
    }
}

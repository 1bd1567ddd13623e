//! What may be set of CloudTrail.

use tributary_vocabulary::{HOUR_MS, MINUTE_MS};

/// Delays, quotas and bounds; the defaults are AWS's where they are known.
#[derive(Debug, Clone)]
pub struct Settings {
    /// From the first record of a log file until the file is written, in ms (documented as "about
    /// every five minutes").
    pub file_after_ms: i64,
    /// The time that a digest file covers, in ms.
    pub digest_every_ms: i64,
    /// The level of gzip for log files, 0 to 9 (AWS's is not known; readers cannot tell).
    pub gzip_level: u32,
    /// The trails that may be seen in one Region of an account, those of all Regions included.
    pub trails_per_region: usize,
    /// The management events that LookupEvents can find, of all accounts together: the latest.
    pub history_events: usize,
    /// The items of a page of ListTrails (not documented).
    pub page_size: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            file_after_ms: 5 * MINUTE_MS,
            digest_every_ms: HOUR_MS,
            gzip_level: 1,
            trails_per_region: 5,
            history_events: 10_000,
            page_size: 100,
        }
    }
}

//! What the harness may look at.

use tributary_vocabulary::Region;

use super::trail::{TrailKey, TrailStatistics};
use crate::kernel::World;

/// A trail, as a harness sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailView<'a> {
    /// Which trail.
    pub key: &'a TrailKey,
    /// Its bucket.
    pub bucket: &'a str,
    /// Its log group's name, when it has one.
    pub log_group: Option<&'a str>,
    /// Whether it logs.
    pub logging: bool,
    /// Why its bucket last refused a log file; `None` after a success.
    pub bucket_error: Option<&'a str>,
    /// Why its log group last refused records; `None` after a success.
    pub logs_error: Option<&'a str>,
    /// What it did so far.
    pub statistics: TrailStatistics,
    /// The Regions of which it recorded events.
    pub regions: Vec<&'a Region>,
}

impl World {
    /// All trails, by account, home Region and name.
    pub fn trails(&self) -> impl Iterator<Item = TrailView<'_>> {
        self.cloudtrail.trails.values().map(|trail| TrailView {
            key: &trail.key,
            bucket: &trail.bucket,
            log_group: trail.logs.as_ref().map(|logs| &*logs.group.name),
            logging: trail.logging,
            bucket_error: trail.status.bucket.error.as_deref(),
            logs_error: trail.status.logs.error.as_deref(),
            statistics: trail.statistics,
            regions: trail.lanes.keys().collect(),
        })
    }

    /// How many records wait in trails for their log file, which comes five minutes after the first
    /// of them.
    #[must_use]
    pub fn trail_records_pending(&self) -> u64 {
        let lanes = self.cloudtrail.trails.values().flat_map(|trail| trail.lanes.values());
        lanes.filter_map(|lane| lane.file.as_ref()).map(|file| file.records()).sum()
    }
}

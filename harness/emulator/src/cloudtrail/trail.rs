//! A trail.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tributary_vocabulary::{AccountId, Region, Timestamp};

use super::delivery::Lane;
use super::record::Record;
use super::selector::Selectors;
use crate::kernel::arn;
use crate::logs::GroupKey;

/// Services that are one for all Regions and record in us-east-1 (CloudTrail user guide, global
/// service events).
const GLOBAL_SERVICES: [&str; 3] =
    ["iam.amazonaws.com", "sts.amazonaws.com", "cloudfront.amazonaws.com"];
/// Where they record.
const GLOBAL_REGION: &str = "us-east-1";

/// Names a trail: its account, its home Region, its name; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TrailKey {
    /// The account whose events it records.
    pub account: AccountId,
    /// Its home Region: where it was created.
    pub region: Region,
    /// Its name.
    pub name: Arc<str>,
}

impl TrailKey {
    /// The key of the trail of this name.
    #[must_use]
    pub fn new(account: AccountId, region: &Region, name: &str) -> Self {
        Self { account, region: region.clone(), name: Arc::from(name) }
    }

    /// Its ARN.
    #[must_use]
    pub fn arn(&self) -> String {
        arn("cloudtrail", &self.region, self.account, &format!("trail/{}", self.name))
    }

    /// The log stream that it writes (cloudtrail reference, CloudWatch Logs).
    #[must_use]
    pub fn log_stream(&self) -> String {
        format!("{}_CloudTrail_{}", self.account, self.region)
    }
}

/// The log group of a trail, and the role that writes there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LogDestination {
    pub(super) group: GroupKey,
    /// As it was given.
    pub(super) group_arn: String,
    pub(super) role_arn: String,
}

/// A trail: what it records, where it delivers, and how that went.
#[derive(Debug)]
pub(super) struct Trail {
    pub(super) key: TrailKey,
    /// Tells it from an earlier trail of the same name.
    pub(super) generation: u64,
    pub(super) bucket: String,
    pub(super) prefix: Option<String>,
    pub(super) logs: Option<LogDestination>,
    pub(super) global_events: bool,
    pub(super) multi_region: bool,
    pub(super) validation: bool,
    pub(super) selectors: Selectors,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) logging: bool,
    pub(super) status: Status,
    pub(super) statistics: TrailStatistics,
    /// What it writes to its bucket, by the Region of the records.
    pub(super) lanes: BTreeMap<Region, Lane>,
    /// Since when the next digest files count; `None` while no deadline is set for them.
    pub(super) digest_since: Option<Timestamp>,
}

impl Trail {
    /// Whether it records events of this Region, and of this service.
    pub(super) fn covers(&self, region: &str, record: &Record<'_>) -> bool {
        let source = record.event_source.text();
        let global = region == GLOBAL_REGION && GLOBAL_SERVICES.contains(&source);
        (self.multi_region || self.key.region.as_str() == region) && (self.global_events || !global)
    }

    /// Whether records wait for their log file.
    pub(super) fn is_buffering(&self) -> bool {
        self.lanes.values().any(|lane| lane.file.is_some())
    }
}

/// How a trail's deliveries went, as GetTrailStatus tells.
#[derive(Debug, Default)]
pub(super) struct Status {
    pub(super) started: Option<Timestamp>,
    pub(super) stopped: Option<Timestamp>,
    pub(super) bucket: Deliveries,
    pub(super) logs: Deliveries,
    pub(super) digest: Deliveries,
}

/// How deliveries to one place went.
#[derive(Debug, Default)]
pub(super) struct Deliveries {
    /// When one last succeeded.
    pub(super) latest: Option<Timestamp>,
    /// When one was last tried.
    pub(super) attempt: Option<Timestamp>,
    /// Why the latest one failed, when it did.
    pub(super) error: Option<String>,
}

impl Deliveries {
    /// Notes an attempt.
    pub(super) fn note(&mut self, now: Timestamp, error: Option<String>) {
        self.attempt = Some(now);
        if error.is_none() {
            self.latest = Some(now);
        }
        self.error = error;
    }
}

/// What a trail did so far; all are numbers of records unless they say otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TrailStatistics {
    /// Records that it took: those of its Regions that its selectors admit, while it logged.
    pub recorded: u64,
    /// Records that its log group took.
    pub logs_delivered: u64,
    /// Records that its log group was to take and did not.
    pub logs_undelivered: u64,
    /// Records in its log files in the bucket.
    pub bucket_delivered: u64,
    /// Records of log files that the bucket refused; they lie nowhere.
    pub bucket_undelivered: u64,
    /// Log files written.
    pub files: u64,
    /// Log files that the bucket refused.
    pub files_refused: u64,
    /// Digest files written.
    pub digests: u64,
    /// Digest files that the bucket refused.
    pub digests_refused: u64,
}

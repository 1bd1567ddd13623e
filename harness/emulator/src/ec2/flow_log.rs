//! A flow log.

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, Region, Timestamp};

use super::format::LogFormat;
use crate::kernel::arn;

/// Which traffic a flow log publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TrafficType {
    Accept,
    Reject,
    All,
}

impl TrafficType {
    pub(super) const NAMES: [&str; 3] = ["ACCEPT", "REJECT", "ALL"];

    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "ACCEPT" => Some(Self::Accept),
            "REJECT" => Some(Self::Reject),
            "ALL" => Some(Self::All),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Accept => "ACCEPT",
            Self::Reject => "REJECT",
            Self::All => "ALL",
        }
    }

    /// What the name of a log stream ends with (vpc-flow-logs reference, §2).
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::All => "all",
        }
    }

    /// Whether a record with this `action` is published. Records without one (NODATA, SKIPDATA)
    /// go with ALL only.
    pub(super) fn admits(self, action: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Accept => action == Some("ACCEPT"),
            Self::Reject => action == Some("REJECT"),
        }
    }
}

/// Where a flow log publishes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// A log group.
    Logs {
        /// The owner of the group.
        account: AccountId,
        /// The group.
        group: String,
        /// The ARN as it was given, when one was.
        arn: Option<String>,
        /// The role of the service.
        role: String,
        /// The role in the group's account, when it is another.
        cross_account_role: Option<String>,
    },
    /// A bucket.
    Bucket {
        /// The bucket.
        bucket: String,
        /// The folder in it, with its slash; empty for none.
        prefix: String,
        /// The ARN as it was given.
        arn: String,
        /// Folders named `year=…`.
        hive: bool,
        /// A folder for every hour.
        per_hour: bool,
    },
}

impl Destination {
    /// AWS's name of its type.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Logs { .. } => "cloud-watch-logs",
            Self::Bucket { .. } => "s3",
        }
    }
}

/// What a flow log was made with; it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// `fl-` and 17 hexadecimal digits.
    pub(super) id: Arc<str>,
    /// Whose it is.
    pub(super) account: AccountId,
    /// Where it is.
    pub(super) region: Region,
    /// The VPC, subnet or interface.
    pub(super) resource_id: Arc<str>,
    /// Which traffic.
    pub(super) traffic: TrafficType,
    /// Where to.
    pub(super) destination: Destination,
    /// In which form.
    pub(super) format: LogFormat,
    /// The longest time that one record tells of, in seconds.
    pub(super) interval_s: i64,
}

impl Plan {
    /// Its ARN.
    pub(super) fn arn(&self) -> String {
        arn("ec2", &self.region, self.account, &format!("vpc-flow-log/{}", self.id))
    }

    /// Whether another flow log of the same resource would do the same.
    pub(super) fn same_as(&self, other: &Self) -> bool {
        (&self.resource_id, self.traffic, &self.destination, &self.format, self.interval_s)
            == (
                &other.resource_id,
                other.traffic,
                &other.destination,
                &other.format,
                other.interval_s,
            )
    }
}

/// A flow log.
#[derive(Debug)]
pub(super) struct FlowLog {
    /// What it was made with.
    pub(super) plan: Arc<Plan>,
    /// When it was made.
    pub(super) created: Timestamp,
    /// Why its last delivery failed; none when it did not.
    pub(super) failure: Option<&'static str>,
    /// Records on their way to a bucket, by the beginning of their window.
    pub(super) windows: BTreeMap<Timestamp, String>,
}

impl FlowLog {
    /// `SUCCESS` or `FAILED`.
    pub(super) fn status(&self) -> &'static str {
        if self.failure.is_some() { "FAILED" } else { "SUCCESS" }
    }
}

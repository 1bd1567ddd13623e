//! A log group.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tributary_vocabulary::{AccountId, Region, Timestamp};

use super::{LogStream, ResourcePolicy, SubscriptionFilter};
use crate::kernel::{ArnParts, arn};

/// Names a log group: its owner, its Region, its name; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupKey {
    /// The account that owns it.
    pub account: AccountId,
    /// The Region in which it lies.
    pub region: Region,
    /// Its name.
    pub name: Arc<str>,
}

impl GroupKey {
    /// The key of the group of this name.
    #[must_use]
    pub fn new(account: AccountId, region: &Region, name: &str) -> Self {
        Self { account, region: region.clone(), name: Arc::from(name) }
    }

    /// The key that an ARN of a log group names, with or without `:*` at its end.
    #[must_use]
    pub fn from_arn(text: &str) -> Option<Self> {
        let parts = ArnParts::split(text)?;
        let name = parts.resource.strip_prefix("log-group:")?;
        let name = name.split(':').next()?;
        if parts.service != "logs" || name.is_empty() {
            return None;
        }
        Some(Self::new(parts.account_id()?, &parts.region.parse().ok()?, name))
    }

    /// `logGroupArn`: `arn:aws:logs:R:A:log-group:NAME`.
    #[must_use]
    pub fn arn(&self) -> String {
        arn("logs", &self.region, self.account, &format!("log-group:{}", self.name))
    }

    /// `arn`: the same with `:*`; what a delivery names as its source.
    #[must_use]
    pub fn arn_of_all(&self) -> String {
        format!("{}:*", self.arn())
    }

    /// What policies are asked about when a call concerns the whole group. Refusals of AWS name it
    /// so: with a stream that has no name.
    #[must_use]
    pub fn access_arn(&self) -> String {
        self.stream_arn("")
    }

    /// The ARN of one of its streams.
    #[must_use]
    pub fn stream_arn(&self, stream: &str) -> String {
        format!("{}:log-stream:{stream}", self.arn())
    }
}

/// What a log group is for, and which features it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LogGroupClass {
    /// All features; the default.
    Standard,
    /// Cheaper, without subscriptions.
    InfrequentAccess,
    /// Only passes on what other services deliver.
    Delivery,
}

impl LogGroupClass {
    /// AWS's names of the classes.
    pub const NAMES: [&str; 3] = ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"];

    /// The class of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "STANDARD" => Some(Self::Standard),
            "INFREQUENT_ACCESS" => Some(Self::InfrequentAccess),
            "DELIVERY" => Some(Self::Delivery),
            _ => None,
        }
    }
}

/// A log group.
#[derive(Debug)]
pub struct Group {
    /// What it is for.
    pub class: LogGroupClass,
    /// When it was made.
    pub creation_time: Timestamp,
    /// How many days events are kept; for ever when absent.
    pub retention_days: Option<i64>,
    /// The key with which AWS encrypts it; nothing is encrypted here.
    pub kms_key_id: Option<String>,
    /// Whether DeleteLogGroup is refused.
    pub deletion_protection: bool,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Its streams, by name.
    pub streams: BTreeMap<Arc<str>, LogStream>,
    /// Its subscription filters, by name.
    pub filters: BTreeMap<Arc<str>, SubscriptionFilter>,
    /// The resource policy that hangs on this group alone.
    pub policy: Option<ResourcePolicy>,
}

impl Group {
    /// A group without streams, made at `now`.
    #[must_use]
    pub fn new(now: Timestamp, class: LogGroupClass) -> Self {
        Self {
            class,
            creation_time: now,
            retention_days: None,
            kms_key_id: None,
            deletion_protection: false,
            tags: BTreeMap::new(),
            streams: BTreeMap::new(),
            filters: BTreeMap::new(),
            policy: None,
        }
    }

    /// The time before which its retention lets events go, at `now`; `None` when it keeps all.
    #[must_use]
    pub fn expiry(&self, now: Timestamp) -> Option<Timestamp> {
        self.retention_days.map(|days| now.plus_ms(-days * 24 * tributary_vocabulary::HOUR_MS))
    }

    /// The bytes of all its events, as AWS counts them.
    #[must_use]
    pub fn stored_bytes(&self) -> u64 {
        self.streams.values().map(LogStream::stored_bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_names_a_group_with_and_without_its_end() {
        let key = GroupKey::new(AccountId::repeated(1), &Region::us_west_2(), "/aws/vpc/x");
        assert_eq!(GroupKey::from_arn(&key.arn()), Some(key.clone()));
        assert_eq!(GroupKey::from_arn(&key.arn_of_all()), Some(key.clone()));
        assert_eq!(GroupKey::from_arn(&key.stream_arn("s")), Some(key.clone()));
        assert_eq!(
            key.access_arn(),
            "arn:aws:logs:us-west-2:111111111111:log-group:/aws/vpc/x:log-stream:"
        );
        for text in ["x", "arn:aws:logs:us-west-2:1:log-group:x", "arn:aws:s3:::log-group:x"] {
            assert_eq!(GroupKey::from_arn(text), None, "{text}");
        }
    }
}

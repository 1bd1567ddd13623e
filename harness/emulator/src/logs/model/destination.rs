//! A destination: the door through which other accounts subscribe.

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, Region, Timestamp};

use crate::kernel::{ArnParts, arn};
use crate::policy::NamedPolicy;

/// Names a destination: its owner, its Region, its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DestinationKey {
    /// The account that owns it.
    pub account: AccountId,
    /// The Region in which it lies.
    pub region: Region,
    /// Its name.
    pub name: Arc<str>,
}

impl DestinationKey {
    /// The key of the destination of this name.
    #[must_use]
    pub fn new(account: AccountId, region: &Region, name: &str) -> Self {
        Self { account, region: region.clone(), name: Arc::from(name) }
    }

    /// The key that an ARN names; `None` when it is no destination's ARN.
    #[must_use]
    pub fn from_arn(text: &str) -> Option<Self> {
        let parts = ArnParts::split(text).filter(|parts| parts.service == "logs")?;
        let name = parts.resource.strip_prefix("destination:").filter(|name| !name.is_empty())?;
        Some(Self::new(parts.account_id()?, &parts.region.parse().ok()?, name))
    }

    /// `arn:aws:logs:R:A:destination:NAME`.
    #[must_use]
    pub fn arn(&self) -> String {
        arn("logs", &self.region, self.account, &format!("destination:{}", self.name))
    }
}

/// A destination.
#[derive(Debug, Clone)]
pub struct Destination {
    /// The Kinesis stream or delivery stream behind it.
    pub target_arn: String,
    /// The role with which records are put there.
    pub role_arn: String,
    /// Who may subscribe; nobody when absent.
    pub policy: Option<NamedPolicy>,
    /// The policy's text as it was given.
    pub policy_text: Option<String>,
    /// When it was first made.
    pub creation_time: Timestamp,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

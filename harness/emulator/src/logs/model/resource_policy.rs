//! Resource policies: what other services may write into log groups.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tributary_vocabulary::Timestamp;

use crate::policy::NamedPolicy;

/// What a resource policy hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PolicyScope {
    /// All log groups of the account in the Region.
    Account,
    /// One log group.
    Resource,
}

/// One resource policy.
#[derive(Debug, Clone)]
pub struct ResourcePolicy {
    /// Its text as it was given.
    pub text: String,
    /// When it was last put.
    pub last_updated: Timestamp,
    /// Changes with every put.
    pub revision: String,
    /// The same, parsed.
    pub policy: NamedPolicy,
}

/// The account-wide resource policies of one account in one Region.
#[derive(Debug, Default)]
pub struct ResourcePolicies {
    /// By name.
    pub by_name: BTreeMap<String, ResourcePolicy>,
    /// All their statements as one document; absent when there is none.
    pub merged: Option<NamedPolicy>,
}

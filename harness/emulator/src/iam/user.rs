//! A user and its access keys.

use std::collections::{BTreeMap, BTreeSet};

use tributary_vocabulary::Timestamp;

use super::entity::Entity;

/// A user.
#[derive(Debug, Clone)]
pub struct User {
    /// What it has in common with roles and groups.
    pub entity: Entity,
    /// The groups it is in, by name in lower case.
    pub groups: BTreeSet<String>,
    /// Its access keys, by id.
    pub keys: BTreeMap<String, AccessKey>,
}

/// A long-term access key.
#[derive(Debug, Clone)]
pub struct AccessKey {
    /// The secret.
    pub secret: String,
    /// Whether it may be used.
    pub is_active: bool,
    /// When it was created.
    pub created: Timestamp,
    /// The last use: when, of which service, in which Region.
    pub last_used: Option<(Timestamp, String, String)>,
}

impl AccessKey {
    /// As AWS writes it.
    pub(super) fn status(&self) -> &'static str {
        if self.is_active { "Active" } else { "Inactive" }
    }
}

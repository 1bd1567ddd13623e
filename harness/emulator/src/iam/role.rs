//! A role.

use std::collections::BTreeMap;

use crate::policy::NamedPolicy;

use super::entity::Entity;

/// A role: an entity that others take on.
#[derive(Debug, Clone)]
pub struct Role {
    /// What it has in common with users and groups.
    pub entity: Entity,
    /// Who may assume it.
    pub trust: NamedPolicy,
    /// The users and roles that its trust policy names, by ARN, with the unique ids that these
    /// had when the policy was stored.
    pub trusted_ids: BTreeMap<String, String>,
    /// The longest session, in seconds.
    pub max_session_s: i64,
    /// What it is for.
    pub description: Option<String>,
}

impl Role {
    /// Whether it belongs to a service, which alone changes it.
    pub(super) fn is_service_linked(&self) -> bool {
        self.entity.path.starts_with("/aws-service-role/")
    }
}

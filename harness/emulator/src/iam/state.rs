//! What IAM holds: roles and their policies.

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, Seed, Timestamp};

use crate::kernel::{Ids, ServiceError};
use crate::policy::{NamedPolicy, PolicyDocument};

/// A role.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its name, as it was given.
    pub name: String,
    /// Its path: `/` or `/…/`.
    pub path: String,
    /// `AROA` and 17 characters.
    pub id: String,
    /// When it was created.
    pub created: Timestamp,
    /// Who may assume it.
    pub trust: NamedPolicy,
    /// The longest session, in seconds.
    pub max_session_s: i64,
    /// What it is for.
    pub description: Option<String>,
    /// Its inline policies, by name.
    pub inline: BTreeMap<String, NamedPolicy>,
}

impl Role {
    /// Its ARN.
    #[must_use]
    pub fn arn(&self, account: AccountId) -> String {
        format!("arn:aws:iam::{account}:role{}{}", self.path, self.name)
    }
}

/// All that IAM holds.
#[derive(Debug)]
pub struct State {
    pub(super) ids: Ids,
    /// By account and by name in lower case: names are unique whatever their case.
    roles: BTreeMap<(AccountId, String), Role>,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { ids: Ids::new(seed), roles: BTreeMap::new() }
    }

    /// The role of this name, whatever its case.
    pub(super) fn role(&self, account: AccountId, name: &str) -> Result<&Role, ServiceError> {
        self.roles.get(&(account, name.to_lowercase())).ok_or_else(|| no_role(name))
    }

    /// The role of this name, to change it.
    pub(super) fn role_mut(
        &mut self,
        account: AccountId,
        name: &str,
    ) -> Result<&mut Role, ServiceError> {
        self.roles.get_mut(&(account, name.to_lowercase())).ok_or_else(|| no_role(name))
    }

    /// Adds a role.
    ///
    /// # Errors
    /// `EntityAlreadyExists` when there is one of this name.
    pub(super) fn add_role(&mut self, account: AccountId, role: Role) -> Result<(), ServiceError> {
        let key = (account, role.name.to_lowercase());
        if self.roles.contains_key(&key) {
            let message = format!("Role with name {} already exists.", role.name);
            return Err(ServiceError::client("EntityAlreadyExists", message).status(409));
        }
        self.roles.insert(key, role);
        Ok(())
    }
}

fn no_role(name: &str) -> ServiceError {
    let message = format!("The role with name {name} cannot be found.");
    ServiceError::client("NoSuchEntity", message).status(404)
}

/// A document with the name that explanations call it by.
pub(super) fn named(name: String, document: PolicyDocument) -> NamedPolicy {
    NamedPolicy { name, document: Arc::new(document) }
}

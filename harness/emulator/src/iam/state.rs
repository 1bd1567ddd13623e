//! What IAM holds: accounts with their entities, keys, sessions, organisations.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, Seed};

use crate::kernel::{Ids, ServiceError};
use crate::policy::{NamedPolicy, PolicyDocument};

use super::aws_managed;
use super::entity::{Entity, EntityKind};
use super::error;
use super::managed::{AWS_PREFIX, ManagedPolicy};
use super::organization::Membership;
use super::role::Role;
use super::session::Session;
use super::user::User;

/// All that IAM and STS hold.
#[derive(Debug)]
pub struct State {
    pub(super) ids: Ids,
    pub(super) accounts: BTreeMap<AccountId, Directory>,
    /// The policies that AWS itself manages, by ARN.
    pub(super) of_aws: BTreeMap<String, ManagedPolicy>,
    /// Long-term access keys: whose they are, the user by name in lower case.
    pub(super) keys: BTreeMap<String, (AccountId, String)>,
    /// Short-term access keys.
    pub(super) sessions: BTreeMap<String, Session>,
    /// Where an account stands in its organisation; accounts outside of any are not in it.
    pub(super) memberships: BTreeMap<AccountId, Arc<Membership>>,
}

/// The entities of one account, each by its name in lower case: names are unique whatever their
/// case (IAM guide, "IAM and AWS STS quotas").
#[derive(Debug, Default)]
pub(super) struct Directory {
    pub(super) roles: BTreeMap<String, Role>,
    pub(super) users: BTreeMap<String, User>,
    pub(super) groups: BTreeMap<String, Entity>,
    pub(super) managed: BTreeMap<String, ManagedPolicy>,
}

/// The key of a name.
pub(super) fn fold(name: &str) -> Cow<'_, str> {
    if name.chars().any(char::is_uppercase) {
        Cow::Owned(name.to_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

impl Directory {
    /// All entities of a kind, in the order of their names.
    pub(super) fn entities(&self, kind: EntityKind) -> Box<dyn Iterator<Item = &Entity> + '_> {
        match kind {
            EntityKind::Role => Box::new(self.roles.values().map(|role| &role.entity)),
            EntityKind::User => Box::new(self.users.values().map(|user| &user.entity)),
            EntityKind::Group => Box::new(self.groups.values()),
        }
    }

    /// All entities.
    pub(super) fn all(&self) -> impl Iterator<Item = &Entity> {
        let kinds = [EntityKind::Role, EntityKind::User, EntityKind::Group];
        kinds.into_iter().flat_map(|kind| self.entities(kind))
    }
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self {
            ids: Ids::new(seed),
            accounts: BTreeMap::new(),
            of_aws: aws_managed::all(),
            keys: BTreeMap::new(),
            sessions: BTreeMap::new(),
            memberships: BTreeMap::new(),
        }
    }

    /// The entities of an account, to change them.
    pub(super) fn directory(&mut self, account: AccountId) -> &mut Directory {
        self.accounts.entry(account).or_default()
    }

    /// The role of this name, with or without its path.
    pub(super) fn role(&self, account: AccountId, name: &str) -> Result<&Role, ServiceError> {
        let roles = self.accounts.get(&account).map(|directory| &directory.roles);
        roles
            .and_then(|roles| roles.get(fold(without_path(name)).as_ref()))
            .ok_or_else(|| error::no_entity(EntityKind::Role, name))
    }

    /// The role of this name, to change it.
    pub(super) fn role_mut(
        &mut self,
        account: AccountId,
        name: &str,
    ) -> Result<&mut Role, ServiceError> {
        let roles = self.accounts.get_mut(&account).map(|directory| &mut directory.roles);
        roles
            .and_then(|roles| roles.get_mut(fold(name).as_ref()))
            .ok_or_else(|| error::no_entity(EntityKind::Role, name))
    }

    /// The role of exactly this ARN.
    pub(super) fn role_of_arn(&self, account: AccountId, arn: &str) -> Option<&Role> {
        self.role(account, without_path(arn)).ok().filter(|role| role.entity.arn() == arn)
    }

    /// The user of this name, with or without its path.
    pub(super) fn user(&self, account: AccountId, name: &str) -> Result<&User, ServiceError> {
        let users = self.accounts.get(&account).map(|directory| &directory.users);
        users
            .and_then(|users| users.get(fold(without_path(name)).as_ref()))
            .ok_or_else(|| error::no_entity(EntityKind::User, name))
    }

    /// The user of this name, to change it.
    pub(super) fn user_mut(
        &mut self,
        account: AccountId,
        name: &str,
    ) -> Result<&mut User, ServiceError> {
        let users = self.accounts.get_mut(&account).map(|directory| &mut directory.users);
        users
            .and_then(|users| users.get_mut(fold(name).as_ref()))
            .ok_or_else(|| error::no_entity(EntityKind::User, name))
    }

    /// The entity of this kind and name.
    pub(super) fn entity(
        &self,
        account: AccountId,
        kind: EntityKind,
        name: &str,
    ) -> Result<&Entity, ServiceError> {
        match kind {
            EntityKind::Role => self.role(account, name).map(|role| &role.entity),
            EntityKind::User => self.user(account, name).map(|user| &user.entity),
            EntityKind::Group => self
                .accounts
                .get(&account)
                .and_then(|directory| directory.groups.get(fold(name).as_ref()))
                .ok_or_else(|| error::no_entity(kind, name)),
        }
    }

    /// The entity of this kind and name, to change it; not a role that belongs to a service.
    pub(super) fn entity_mut(
        &mut self,
        account: AccountId,
        kind: EntityKind,
        name: &str,
    ) -> Result<&mut Entity, ServiceError> {
        match kind {
            EntityKind::Role => {
                let role = self.role_mut(account, name)?;
                if role.is_service_linked() {
                    return Err(error::protected(&role.entity.name));
                }
                Ok(&mut role.entity)
            }
            EntityKind::User => self.user_mut(account, name).map(|user| &mut user.entity),
            EntityKind::Group => self
                .accounts
                .get_mut(&account)
                .and_then(|directory| directory.groups.get_mut(fold(name).as_ref()))
                .ok_or_else(|| error::no_entity(kind, name)),
        }
    }

    /// A new entity's name is free, and the account may have one more of its kind.
    ///
    /// # Errors
    /// `EntityAlreadyExists`, `LimitExceeded`.
    pub(super) fn admit(
        &self,
        account: AccountId,
        kind: EntityKind,
        name: &str,
    ) -> Result<(), ServiceError> {
        if self.entity(account, kind, name).is_ok() {
            let message = format!("{} with name {name} already exists.", kind.title());
            return Err(error::exists(message));
        }
        let held = self.accounts.get(&account).map_or(0, |d| d.entities(kind).count());
        if held >= kind.quota() {
            return Err(error::quota(&format!("{}sPerAccount", kind.title()), kind.quota()));
        }
        Ok(())
    }

    /// The managed policy of this ARN.
    pub(super) fn managed(&self, arn: &str) -> Option<&ManagedPolicy> {
        if arn.starts_with(AWS_PREFIX) {
            return self.of_aws.get(arn);
        }
        let (account, name) = policy_place(arn)?;
        let policy = self.accounts.get(&account)?.managed.get(fold(name).as_ref())?;
        (policy.arn == arn).then_some(policy)
    }

    /// The managed policy of this ARN, to change it; AWS's own are not to be changed.
    pub(super) fn managed_mut(&mut self, arn: &str) -> Result<&mut ManagedPolicy, ServiceError> {
        policy_place(arn)
            .and_then(|(account, name)| {
                let managed = &mut self.accounts.get_mut(&account)?.managed;
                managed.get_mut(fold(name).as_ref()).filter(|policy| policy.arn == arn)
            })
            .ok_or_else(|| error::no_policy(arn))
    }
}

/// The account and the name in the ARN of a managed policy.
fn policy_place(arn: &str) -> Option<(AccountId, &str)> {
    let (account, name) = arn.strip_prefix("arn:aws:iam::")?.split_once(":policy/")?;
    Some((account.parse().ok()?, without_path(name)))
}

fn without_path(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, last)| last)
}

/// A document with the name that explanations call it by.
pub(super) fn named(name: String, document: PolicyDocument) -> NamedPolicy {
    NamedPolicy { name, document: Arc::new(document) }
}

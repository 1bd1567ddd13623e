//! What roles, users and groups have in common: a name, an id, and policies.

use std::collections::BTreeMap;

use tributary_vocabulary::{AccountId, Timestamp};

use crate::policy::NamedPolicy;

use super::tags::Tags;

/// The three kinds of entities that carry policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntityKind {
    /// A role.
    Role,
    /// A user.
    User,
    /// A group of users.
    Group,
}

impl EntityKind {
    /// As it stands in an ARN and in the middle of a sentence.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::User => "user",
            Self::Group => "group",
        }
    }

    /// As it stands at the start of a sentence and in the names of operations and quotas.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Role => "Role",
            Self::User => "User",
            Self::Group => "Group",
        }
    }

    /// The parameter that names one.
    pub(super) fn parameter(self) -> &'static str {
        match self {
            Self::Role => "RoleName",
            Self::User => "UserName",
            Self::Group => "GroupName",
        }
    }

    /// The longest name.
    pub(super) fn name_max(self) -> usize {
        match self {
            Self::Role | Self::User => 64,
            Self::Group => 128,
        }
    }

    /// What a unique id begins with.
    pub(super) fn id_prefix(self) -> &'static str {
        match self {
            Self::Role => "AROA",
            Self::User => "AIDA",
            Self::Group => "AGPA",
        }
    }

    /// The most characters of all inline policies together, blanks not counted.
    pub(super) fn inline_max(self) -> usize {
        match self {
            Self::Role => 10_240,
            Self::User => 2_048,
            Self::Group => 5_120,
        }
    }

    /// How many of them an account may have.
    pub(super) fn quota(self) -> usize {
        match self {
            Self::Role => 1_000,
            Self::User => 5_000,
            Self::Group => 300,
        }
    }
}

/// A role, user or group, as far as they are alike.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Which of the three it is.
    pub kind: EntityKind,
    /// The account it lives in.
    pub account: AccountId,
    /// Its name, as it was given.
    pub name: String,
    /// Its path: `/` or `/…/`.
    pub path: String,
    /// `AROA`, `AIDA` or `AGPA`, and 17 characters.
    pub id: String,
    /// When it was created.
    pub created: Timestamp,
    /// Its inline policies, by name.
    pub inline: BTreeMap<String, NamedPolicy>,
    /// The ARNs of the managed policies that are attached to it, in their order.
    pub attached: Vec<String>,
    /// The ARN of the managed policy that bounds it; groups have none.
    pub boundary: Option<String>,
    /// Its tags; groups have none.
    pub tags: Tags,
}

impl Entity {
    /// Its ARN.
    #[must_use]
    pub fn arn(&self) -> String {
        let Self { kind, account, path, name, .. } = self;
        format!("arn:aws:iam::{account}:{}{path}{name}", kind.noun())
    }

    /// Its name with the path in front and no leading slash, as a principal carries it.
    #[must_use]
    pub fn qualified_name(&self) -> String {
        format!("{}{}", self.path.trim_start_matches('/'), self.name)
    }

    /// The name by which explanations call one of its inline policies.
    pub(super) fn inline_name(&self, policy: &str) -> String {
        format!("inline policy {policy} of {} {} ({})", self.kind.noun(), self.name, self.account)
    }
}

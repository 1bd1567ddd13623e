//! A managed policy and its versions.

use std::collections::BTreeMap;

use tributary_vocabulary::Timestamp;

use crate::policy::NamedPolicy;

use super::tags::Tags;

/// A managed policy: of an account, or one of AWS.
#[derive(Debug, Clone)]
pub struct ManagedPolicy {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: String,
    /// `ANPA` and 17 characters.
    pub id: String,
    /// What it is for.
    pub description: Option<String>,
    /// When it was created.
    pub created: Timestamp,
    /// When it last got a version or another default.
    pub updated: Timestamp,
    /// Its versions, by number; one to five of them.
    pub versions: BTreeMap<u32, PolicyVersion>,
    /// The version that is in force.
    pub default: u32,
    /// The number of the next version; numbers never come again.
    pub next: u32,
    /// Its tags.
    pub tags: Tags,
}

/// One version of a managed policy.
#[derive(Debug, Clone)]
pub struct PolicyVersion {
    /// When it was created.
    pub created: Timestamp,
    /// The document, with the name that explanations call it by.
    pub policy: NamedPolicy,
}

impl ManagedPolicy {
    /// The version that is in force.
    #[must_use]
    pub fn in_force(&self) -> Option<&NamedPolicy> {
        self.versions.get(&self.default).map(|version| &version.policy)
    }

    /// Whether AWS made it.
    #[must_use]
    pub fn is_of_aws(&self) -> bool {
        self.arn.starts_with(AWS_PREFIX)
    }
}

/// What the ARNs of AWS's own policies begin with.
pub(super) const AWS_PREFIX: &str = "arn:aws:iam::aws:policy/";

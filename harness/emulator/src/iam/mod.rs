//! IAM and STS: users, groups, roles, their policies, who may assume what, and the organisation
//! above them all.

mod access;
mod assume;
mod aws_managed;
mod context;
mod credential;
mod document;
mod entity;
mod error;
mod key_id;
mod managed;
mod operations;
pub mod ops;
mod organization;
mod page;
mod policies;
mod read;
mod role;
mod session;
mod settings;
mod shared;
mod state;
mod tags;
#[cfg(test)]
mod tests;
mod trust;
mod user;
mod view;

use tributary_vocabulary::AccountId;

use crate::kernel::World;

pub(crate) use assume::{assume_role_for_service, assume_role_from, has_role};
pub(crate) use context::principal_context;
pub use credential::secret_of_key;
pub(crate) use credential::{note_use, principal_of_key};
pub use entity::{Entity, EntityKind};
pub use managed::{ManagedPolicy, PolicyVersion};
pub use operations::{OPERATIONS, STS_OPERATIONS};
pub use organization::{
    ControlPolicies, FULL_AWS_ACCESS, Member, Organization, OrganizationError, Unit,
    declare_organization,
};
pub(crate) use organization::{bind as bind_to_organization, tell as tell_of_organization};
pub(crate) use policies::{policies_of, resource_policy};
pub use role::Role;
pub use session::Session;
pub use settings::Settings;
pub use state::State;
pub use tags::Tags;
pub use user::{AccessKey, User};

/// The namespace of IAM's responses.
pub const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";
/// The namespace of STS's responses.
pub const STS_NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The ARN of a role, by its name.
pub(crate) fn role_arn(world: &World, account: AccountId, name: &str) -> Option<String> {
    world.iam.role(account, name).ok().map(|role| role.entity.arn())
}

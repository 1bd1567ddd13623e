//! IAM and STS: roles, their policies, and who may assume them.

mod assume;
mod document;
pub mod ops;
mod state;

use crate::kernel::{Caller, World};
use crate::policy::{Context, Policies, Principal};
use crate::protocol::query::QueryOperation;

pub(crate) use assume::assume_role_for_service;
pub use state::{Role, State};

/// The namespace of IAM's responses.
pub const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";
/// The namespace of STS's responses.
pub const STS_NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The rows of IAM's operation table.
pub const OPERATIONS: &[QueryOperation] = &[
    QueryOperation { name: "CreateRole", call: ops::create_role::run },
    QueryOperation { name: "GetRole", call: ops::get_role::run },
    QueryOperation { name: "PutRolePolicy", call: ops::put_role_policy::run },
    QueryOperation { name: "GetRolePolicy", call: ops::get_role_policy::run },
];
/// The rows of STS's operation table.
pub const STS_OPERATIONS: &[QueryOperation] =
    &[QueryOperation { name: "GetCallerIdentity", call: ops::get_caller_identity::run }];

/// The identity side of a principal's policies. The resource side is empty.
pub(crate) fn policies_of(world: &World, principal: &Principal) -> Policies {
    let mut policies = Policies::default();
    if let Principal::Session { account, role, .. } = principal
        && let Ok(role) = world.iam.role(*account, role)
    {
        policies.identity = role.inline.values().cloned().collect();
    }
    policies
}

/// Adds the keys that tell of the principal and do not follow from its ARN.
pub(crate) fn principal_context(world: &World, caller: &Caller, context: Context) -> Context {
    match &caller.principal {
        Principal::Session { account, role, session } => match world.iam.role(*account, role) {
            Ok(role) => context.with("aws:userid", format!("{}:{session}", role.id)),
            Err(_) => context,
        },
        _ => context,
    }
}

/// The principal whose access key this is; users and sessions have none yet.
pub(crate) fn principal_of_key(_world: &World, _key: &str) -> Option<Principal> {
    None
}

//! Whether a caller may do something to an entity or a managed policy.

use tributary_vocabulary::AccountId;

use crate::kernel::{Access, Caller, ServiceError, World};
use crate::policy::Context;

use super::entity::EntityKind;

/// The ARN of an entity; of one that does not exist, the one it would have without a path.
pub(super) fn arn(world: &World, account: AccountId, kind: EntityKind, name: &str) -> String {
    match world.iam.entity(account, kind, name) {
        Ok(entity) => entity.arn(),
        Err(_) => format!("arn:aws:iam::{account}:{}/{name}", kind.noun()),
    }
}

/// Whether the caller may do this to an entity of its account.
///
/// # Errors
/// `AccessDenied`.
pub(super) fn check(
    world: &mut World,
    caller: &Caller,
    action: &str,
    kind: EntityKind,
    name: &str,
) -> Result<(), ServiceError> {
    check_with(world, caller, action, kind, name, Context::new())
}

/// The same with more keys of context; those of the entity are added: its tags and its boundary.
///
/// # Errors
/// `AccessDenied`.
pub(super) fn check_with(
    world: &mut World,
    caller: &Caller,
    action: &str,
    kind: EntityKind,
    name: &str,
    context: Context,
) -> Result<(), ServiceError> {
    let arn = arn(world, caller.account, kind, name);
    let mut context = context;
    if let Ok(entity) = world.iam.entity(caller.account, kind, name) {
        context = entity.tags.tell("aws:ResourceTag", context);
        context = entity.tags.tell("iam:ResourceTag", context);
        if let Some(boundary) = &entity.boundary
            && context.get("iam:PermissionsBoundary").is_none()
        {
            context = context.with("iam:PermissionsBoundary", boundary.as_str());
        }
    }
    world.authorize(caller, Access { context, ..Access::to(action, &arn) })
}

/// Whether the caller may do this to a managed policy.
///
/// # Errors
/// `AccessDenied`.
pub(super) fn check_policy(
    world: &mut World,
    caller: &Caller,
    action: &str,
    arn: &str,
) -> Result<(), ServiceError> {
    let mut context = Context::new();
    if let Some(policy) = world.iam.managed(arn) {
        context = policy.tags.tell("aws:ResourceTag", context);
    }
    world.authorize(caller, Access { context, ..Access::to(action, arn) })
}

/// Whether the caller may list things of its account.
///
/// # Errors
/// `AccessDenied`.
pub(super) fn check_listing(
    world: &mut World,
    caller: &Caller,
    action: &str,
    resource: &str,
) -> Result<(), ServiceError> {
    let arn = format!("arn:aws:iam::{}:{resource}", caller.account);
    world.authorize(caller, Access::to(action, &arn))
}

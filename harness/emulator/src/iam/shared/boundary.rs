//! Permissions boundaries of roles and users.

use crate::iam::access::{arn, check, check_with};
use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::state::State;
use crate::kernel::{Caller, ServiceError, World};
use crate::policy::Context;
use crate::protocol::query::Parameters;

use super::Answer;

/// A policy that is to be a boundary has to exist.
///
/// # Errors
/// `NoSuchEntity`.
pub(in crate::iam) fn validate(state: &State, policy: &str) -> Result<(), ServiceError> {
    if state.managed(policy).is_some() {
        return Ok(());
    }
    let hint = error::hint(policy);
    Err(error::no_such_entity(format!(
        "Scope ARN: {policy} does not exist or is not attachable.{hint}"
    )))
}

/// Bounds an entity by a managed policy.
pub(in crate::iam) fn put(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(kind);
    let policy = shape.required("PermissionsBoundary", 20, 2_048);
    shape.finish()?;
    let context = Context::new().with("iam:PermissionsBoundary", policy);
    check_with(world, caller, action, kind, name, context)?;
    world.iam.entity(caller.account, kind, name)?;
    validate(&world.iam, policy)?;
    world.iam.entity_mut(caller.account, kind, name)?.boundary = Some(policy.to_owned());
    let subject = arn(world, caller.account, kind, name);
    world.trace("permissions boundary", &subject, policy.as_bytes());
    Ok(None)
}

/// Takes the boundary away; that there is none is no error.
pub(in crate::iam) fn delete(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(kind);
    shape.finish()?;
    check(world, caller, action, kind, name)?;
    world.iam.entity_mut(caller.account, kind, name)?.boundary = None;
    let subject = arn(world, caller.account, kind, name);
    world.trace("permissions boundary", &subject, b"");
    Ok(None)
}

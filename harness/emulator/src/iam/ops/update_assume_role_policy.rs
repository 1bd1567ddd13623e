//! `UpdateAssumeRolePolicy`.

use crate::iam::access::{arn, check};
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::trust;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Gives a role another trust policy, whose users and roles have to exist.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `MalformedPolicyDocument`, `LimitExceeded`,
/// `UnmodifiableEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(EntityKind::Role);
    let text = shape.document("PolicyDocument");
    shape.finish()?;
    check(world, caller, "iam:UpdateAssumeRolePolicy", EntityKind::Role, name)?;
    let proper = world.iam.entity_mut(caller.account, EntityKind::Role, name)?.name.clone();
    let (policy, ids) = trust::read(&world.iam, caller.account, &proper, text)?;
    let role = world.iam.role_mut(caller.account, name)?;
    role.trust = policy;
    role.trusted_ids = ids;
    let subject = arn(world, caller.account, EntityKind::Role, name);
    world.trace("trust policy", &subject, text.as_bytes());
    Ok(None)
}

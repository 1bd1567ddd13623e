//! `UpdateRoleDescription`.

use crate::iam::access::{arn, check};
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Gives a role another description.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `UnmodifiableEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(EntityKind::Role);
    let description = shape.required("Description", 0, 1_000);
    shape.finish()?;
    check(world, caller, "iam:UpdateRoleDescription", EntityKind::Role, name)?;
    world.iam.entity_mut(caller.account, EntityKind::Role, name)?;
    let role = world.iam.role_mut(caller.account, name)?;
    role.description = Some(description.to_owned());
    let answer = view::role(role, Detail::Whole);
    let subject = arn(world, caller.account, EntityKind::Role, name);
    world.trace("role updated", &subject, b"");
    Ok(Some(Element::new("Result").child(answer)))
}

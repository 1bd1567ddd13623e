//! `GetRole` (iam reference, operations).

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Describes a role.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(EntityKind::Role);
    shape.finish()?;
    check(world, caller, "iam:GetRole", EntityKind::Role, name)?;
    let role = world.iam.role(caller.account, name)?;
    Ok(Some(Element::new("Result").child(view::role(role, Detail::Whole))))
}

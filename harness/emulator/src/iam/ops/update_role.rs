//! `UpdateRole`.

use crate::iam::access::{arn, check};
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Gives a role another description and another longest session.
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
    let description = shape.optional("Description", 0, 1_000);
    let max_session_s = shape.integer("MaxSessionDuration", 3_600, 43_200);
    shape.finish()?;
    check(world, caller, "iam:UpdateRole", EntityKind::Role, name)?;
    world.iam.entity_mut(caller.account, EntityKind::Role, name)?;
    let role = world.iam.role_mut(caller.account, name)?;
    if let Some(description) = description {
        role.description = Some(description.to_owned());
    }
    if let Some(seconds) = max_session_s {
        role.max_session_s = seconds;
    }
    let subject = arn(world, caller.account, EntityKind::Role, name);
    world.trace("role updated", &subject, b"");
    // AWS answers with an empty result element.
    Ok(Some(Element::new("Result")))
}

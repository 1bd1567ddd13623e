//! `CreateGroup`.

use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::shared::create::Creation;
use crate::iam::state::fold;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Creates a group with nobody in it.
///
/// # Errors
/// `ValidationError`, `EntityAlreadyExists`, `LimitExceeded`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let creation = Creation::read(&mut shape, EntityKind::Group);
    shape.finish()?;
    creation.authorize(world, caller, "iam:CreateGroup")?;
    let group = creation.entity(world, caller)?;
    let answer = view::entity(&group, Detail::Whole);
    let key = fold(&group.name).into_owned();
    world.iam.directory(caller.account).groups.insert(key, group);
    Ok(Some(Element::new("Result").child(answer)))
}

//! `CreateUser`.

use std::collections::{BTreeMap, BTreeSet};

use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::shared::create::Creation;
use crate::iam::state::fold;
use crate::iam::user::User;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Creates a user, who may do nothing yet.
///
/// # Errors
/// `ValidationError`, `EntityAlreadyExists`, `LimitExceeded`, `NoSuchEntity` of the boundary,
/// `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let creation = Creation::read(&mut shape, EntityKind::User);
    shape.finish()?;
    creation.authorize(world, caller, "iam:CreateUser")?;
    let entity = creation.entity(world, caller)?;
    let answer = view::entity(&entity, Detail::Whole);
    let key = fold(&entity.name).into_owned();
    let user = User { entity, groups: BTreeSet::new(), keys: BTreeMap::new() };
    world.iam.directory(caller.account).users.insert(key, user);
    Ok(Some(Element::new("Result").child(answer)))
}

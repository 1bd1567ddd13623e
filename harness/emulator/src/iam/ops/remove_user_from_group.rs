//! `RemoveUserFromGroup`.

use crate::iam::access::{arn, check};
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::state::fold;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Takes a user out of a group; one that is not in it stays outside.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let group = shape.entity(EntityKind::Group);
    let user = shape.entity(EntityKind::User);
    shape.finish()?;
    let account = caller.account;
    check(world, caller, "iam:RemoveUserFromGroup", EntityKind::Group, group)?;
    world.iam.entity(account, EntityKind::Group, group)?;
    world.iam.user_mut(account, user)?.groups.remove(fold(group).as_ref());
    let subject = arn(world, account, EntityKind::Group, group);
    world.trace("user removed", &subject, user.as_bytes());
    Ok(None)
}

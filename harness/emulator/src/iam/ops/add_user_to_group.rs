//! `AddUserToGroup`.

use crate::iam::access::{arn, check};
use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::state::fold;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// How many groups a user may be in.
const GROUPS_MAX: usize = 10;

/// Puts a user into a group, whose policies are its own from then on.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `LimitExceeded`, `AccessDenied`.
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
    check(world, caller, "iam:AddUserToGroup", EntityKind::Group, group)?;
    world.iam.entity(account, EntityKind::Group, group)?;
    let groups = &mut world.iam.user_mut(account, user)?.groups;
    let key = fold(group);
    if !groups.contains(key.as_ref()) && groups.len() >= GROUPS_MAX {
        return Err(error::quota("GroupsPerUser", GROUPS_MAX));
    }
    groups.insert(key.into_owned());
    let subject = arn(world, account, EntityKind::Group, group);
    world.trace("user added", &subject, user.as_bytes());
    Ok(None)
}

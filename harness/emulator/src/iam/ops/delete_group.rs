//! `DeleteGroup`.

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::state::fold;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::delete_role::bare;

/// Deletes a group that has no users and policies any more.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `DeleteConflict`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(EntityKind::Group);
    shape.finish()?;
    check(world, caller, "iam:DeleteGroup", EntityKind::Group, name)?;
    let group = world.iam.entity(caller.account, EntityKind::Group, name)?;
    let arn = group.arn();
    let key = fold(name);
    let users = world.iam.accounts.get(&caller.account).into_iter();
    let mut users = users.flat_map(|directory| directory.users.values());
    if users.any(|user| user.groups.contains(key.as_ref())) {
        return Err(error::conflict("Cannot delete entity, must remove users from group first."));
    }
    bare(group)?;
    world.iam.directory(caller.account).groups.remove(key.as_ref());
    world.trace("group deleted", &arn, b"");
    Ok(None)
}

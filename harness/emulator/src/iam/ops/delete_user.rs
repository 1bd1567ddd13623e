//! `DeleteUser`.

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::state::fold;
use crate::iam::trust::rename_principal;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::delete_role::bare;

/// Deletes a user that has no keys, groups and policies any more. Trust policies that name the
/// user keep the unique id.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `DeleteConflict`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(EntityKind::User);
    shape.finish()?;
    check(world, caller, "iam:DeleteUser", EntityKind::User, name)?;
    let user = world.iam.user(caller.account, name)?;
    if !user.keys.is_empty() {
        return Err(error::conflict("Cannot delete entity, must delete access keys first."));
    }
    if !user.groups.is_empty() {
        return Err(error::conflict("Cannot delete entity, must remove users from group first."));
    }
    bare(&user.entity)?;
    let (arn, id) = (user.entity.arn(), user.entity.id.clone());
    world.iam.directory(caller.account).users.remove(fold(name).as_ref());
    rename_principal(world, &arn, &id);
    world.trace("user deleted", &arn, b"");
    Ok(None)
}

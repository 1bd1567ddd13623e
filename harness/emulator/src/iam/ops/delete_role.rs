//! `DeleteRole`.

use crate::iam::access::check;
use crate::iam::entity::{Entity, EntityKind};
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::state::fold;
use crate::iam::trust::rename_principal;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Deletes a role that has no policies any more. Trust policies that name it keep its unique id,
/// so that a role created later under its name is somebody else.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `DeleteConflict`, `UnmodifiableEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(EntityKind::Role);
    shape.finish()?;
    check(world, caller, "iam:DeleteRole", EntityKind::Role, name)?;
    let role = world.iam.entity_mut(caller.account, EntityKind::Role, name)?;
    bare(role)?;
    let (arn, id) = (role.arn(), role.id.clone());
    world.iam.directory(caller.account).roles.remove(fold(name).as_ref());
    rename_principal(world, &arn, &id);
    world.trace("role deleted", &arn, b"");
    Ok(None)
}

/// What is deleted has to have no policies.
///
/// # Errors
/// `DeleteConflict`.
pub(super) fn bare(entity: &Entity) -> Result<(), ServiceError> {
    if !entity.attached.is_empty() {
        return Err(error::conflict("Cannot delete entity, must detach all policies first."));
    }
    if !entity.inline.is_empty() {
        return Err(error::conflict("Cannot delete entity, must delete policies first."));
    }
    Ok(())
}

//! `ListRoles`.

use crate::iam::entity::EntityKind;
use crate::iam::shared::create::list;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the roles of the account, without their tags and boundaries.
///
/// # Errors
/// `ValidationError`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let names = (EntityKind::Role, "iam:ListRoles", "Roles");
    list(world, caller, parameters, names, |world, entity| {
        match world.iam.role(entity.account, &entity.name) {
            Ok(role) => view::role(role, Detail::Listed),
            Err(_) => view::entity(entity, Detail::Listed),
        }
    })
}

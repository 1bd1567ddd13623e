//! `DeleteRolePermissionsBoundary` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::boundary;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Takes the boundary off a role.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    boundary::delete(
        world,
        caller,
        parameters,
        EntityKind::Role,
        "iam:DeleteRolePermissionsBoundary",
    )
}

//! `PutRolePermissionsBoundary` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::boundary;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Bounds a role by a managed policy: it permits nothing by itself, and nothing goes beyond it.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    boundary::put(world, caller, parameters, EntityKind::Role, "iam:PutRolePermissionsBoundary")
}

//! `ListAttachedRolePolicies` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::attached;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the managed policies that are attached to a role.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    attached::list(world, caller, parameters, EntityKind::Role, "iam:ListAttachedRolePolicies")
}

//! `AttachUserPolicy` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::attached;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Attaches a managed policy to a user; ten of them at the most.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `LimitExceeded`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    attached::attach(world, caller, parameters, EntityKind::User, "iam:AttachUserPolicy")
}

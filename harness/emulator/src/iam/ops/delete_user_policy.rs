//! `DeleteUserPolicy` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::inline;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Takes an inline policy off a user.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    inline::delete(world, caller, parameters, EntityKind::User, "iam:DeleteUserPolicy")
}

//! `GetUserPolicy` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::inline;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Reads an inline policy of a user back, percent-encoded and byte for byte.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    inline::get(world, caller, parameters, EntityKind::User, "iam:GetUserPolicy")
}

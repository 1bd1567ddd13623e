//! `UntagUser` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::tagging;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Takes tags off a user; keys that it has not are ignored.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    tagging::untag(world, caller, parameters, EntityKind::User, "iam:UntagUser")
}

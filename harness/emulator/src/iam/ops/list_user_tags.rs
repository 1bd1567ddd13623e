//! `ListUserTags` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::tagging;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the tags of a user.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    tagging::list(world, caller, parameters, EntityKind::User, "iam:ListUserTags")
}

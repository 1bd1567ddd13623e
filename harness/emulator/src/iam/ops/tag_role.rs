//! `TagRole` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::tagging;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Tags a role.
///
/// # Errors
/// `ValidationError`, `InvalidInput`, `NoSuchEntity`, `LimitExceeded`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    tagging::tag(world, caller, parameters, EntityKind::Role, "iam:TagRole")
}

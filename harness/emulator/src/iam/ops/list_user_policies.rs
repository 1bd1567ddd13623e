//! `ListUserPolicies` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::inline;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the names of the inline policies of a user.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    inline::list(world, caller, parameters, EntityKind::User, "iam:ListUserPolicies")
}

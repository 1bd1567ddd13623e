//! `PutGroupPolicy` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::shared::inline;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Puts an inline policy on a group; one of the same name is replaced.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `MalformedPolicyDocument`, `LimitExceeded`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    inline::put(world, caller, parameters, EntityKind::Group, "iam:PutGroupPolicy")
}

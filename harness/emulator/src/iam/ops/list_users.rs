//! `ListUsers`.

use crate::iam::entity::EntityKind;
use crate::iam::shared::create::list;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the users of the account, without their tags and boundaries.
///
/// # Errors
/// `ValidationError`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let names = (EntityKind::User, "iam:ListUsers", "Users");
    list(world, caller, parameters, names, |_, user| view::entity(user, Detail::Listed))
}

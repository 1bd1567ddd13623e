//! `ListGroups`.

use crate::iam::entity::EntityKind;
use crate::iam::shared::create::list;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the groups of the account.
///
/// # Errors
/// `ValidationError`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let names = (EntityKind::Group, "iam:ListGroups", "Groups");
    list(world, caller, parameters, names, |_, group| view::entity(group, Detail::Listed))
}

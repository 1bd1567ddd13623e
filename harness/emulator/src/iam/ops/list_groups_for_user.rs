//! `ListGroupsForUser`.

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the groups that a user is in.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(EntityKind::User);
    let page = shape.page();
    shape.finish()?;
    check(world, caller, "iam:ListGroupsForUser", EntityKind::User, name)?;
    let user = world.iam.user(caller.account, name)?;
    let groups = user.groups.iter().filter_map(|key| {
        let group = world.iam.entity(caller.account, EntityKind::Group, key).ok()?;
        Some((key.clone(), view::entity(group, Detail::Listed)))
    });
    Ok(Some(page.list(Element::new("Result"), "Groups", groups)))
}

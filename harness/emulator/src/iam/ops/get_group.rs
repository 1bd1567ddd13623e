//! `GetGroup`.

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::state::fold;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Describes a group and lists its users.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(EntityKind::Group);
    let page = shape.page();
    shape.finish()?;
    check(world, caller, "iam:GetGroup", EntityKind::Group, name)?;
    let group = world.iam.entity(caller.account, EntityKind::Group, name)?;
    let result = Element::new("Result").child(view::entity(group, Detail::Whole));
    let key = fold(name);
    let users = world.iam.accounts.get(&caller.account).into_iter();
    let users = users
        .flat_map(|directory| &directory.users)
        .filter(|(_, user)| user.groups.contains(key.as_ref()))
        .map(|(key, user)| (key.clone(), view::entity(&user.entity, Detail::Listed)));
    Ok(Some(page.list(result, "Users", users)))
}

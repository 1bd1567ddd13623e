//! `UpdateGroup`.

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::shared::renaming;
use crate::iam::state::fold;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Gives a group another name or path; its users stay in it.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `EntityAlreadyExists`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(EntityKind::Group);
    let change = renaming::Change::read(&mut shape, EntityKind::Group);
    shape.finish()?;
    let account = caller.account;
    check(world, caller, "iam:UpdateGroup", EntityKind::Group, name)?;
    let (old, new) = change.apply(world, account, EntityKind::Group, name)?;
    let directory = world.iam.directory(account);
    let before = fold(name);
    if let Some(group) = directory.groups.remove(before.as_ref()) {
        let after = fold(&group.name).into_owned();
        for user in directory.users.values_mut() {
            if user.groups.remove(before.as_ref()) {
                user.groups.insert(after.clone());
            }
        }
        directory.groups.insert(after, group);
    }
    world.trace("group updated", &old, new.as_bytes());
    Ok(None)
}

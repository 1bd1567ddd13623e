//! `UpdateUser`.

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::shared::renaming;
use crate::iam::state::fold;
use crate::iam::trust::rename_principal;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Gives a user another name or path. The unique id stays, and with it keys, groups, policies and
/// the trust of roles.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `EntityAlreadyExists`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(EntityKind::User);
    let change = renaming::Change::read(&mut shape, EntityKind::User);
    shape.finish()?;
    let account = caller.account;
    check(world, caller, "iam:UpdateUser", EntityKind::User, name)?;
    let (old, new) = change.apply(world, account, EntityKind::User, name)?;
    let directory = world.iam.directory(account);
    if let Some(user) = directory.users.remove(fold(name).as_ref()) {
        let key = fold(&user.entity.name).into_owned();
        let keys: Vec<String> = user.keys.keys().cloned().collect();
        directory.users.insert(key.clone(), user);
        for id in keys {
            world.iam.keys.insert(id, (account, key.clone()));
        }
    }
    rename_principal(world, &old, &new);
    world.trace("user updated", &old, new.as_bytes());
    Ok(None)
}

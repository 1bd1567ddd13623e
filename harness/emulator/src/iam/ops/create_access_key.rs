//! `CreateAccessKey`.

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::key_id;
use crate::iam::read::Shape;
use crate::iam::state::fold;
use crate::iam::user::AccessKey;
use crate::iam::view::time;
use crate::kernel::{Caller, Ids, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::get_user::own_or;

/// How many keys a user may have.
const KEYS_MAX: usize = 2;

/// Makes an access key for a user; the secret is told this once.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `LimitExceeded`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let named = shape.optional_word("UserName", 128);
    shape.finish()?;
    let name = own_or(caller, named)?;
    check(world, caller, "iam:CreateAccessKey", EntityKind::User, name)?;
    let account = caller.account;
    if world.iam.user(account, name)?.keys.len() >= KEYS_MAX {
        return Err(error::quota("AccessKeysPerUser", KEYS_MAX));
    }
    let created = world.now;
    let id = key_id::make("AKIA", account, &mut world.iam.ids);
    let secret = secret(&mut world.iam.ids);
    let key = AccessKey { secret: secret.clone(), is_active: true, created, last_used: None };
    let user = world.iam.user_mut(account, name)?;
    user.keys.insert(id.clone(), key);
    let (user_name, arn) = (user.entity.name.clone(), user.entity.arn());
    world.iam.keys.insert(id.clone(), (account, fold(&user_name).into_owned()));
    world.trace("access key", &arn, id.as_bytes());
    let key = Element::new("AccessKey")
        .child(Element::text("UserName", user_name))
        .child(Element::text("AccessKeyId", id))
        .child(Element::text("Status", "Active"))
        .child(Element::text("SecretAccessKey", secret))
        .child(Element::text("CreateDate", time(created)));
    Ok(Some(Element::new("Result").child(key)))
}

/// The 40 characters of a secret.
pub(super) fn secret(ids: &mut Ids) -> String {
    ids.text(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 40)
}

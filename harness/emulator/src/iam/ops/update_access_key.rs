//! `UpdateAccessKey`.

use crate::iam::access::{arn, check};
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::delete_access_key::{key_id, no_key};
use super::get_user::own_or;

/// Switches an access key on or off.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let named = shape.optional_word("UserName", 128);
    let id = key_id(&mut shape);
    shape.required("Status", 1, 128);
    let status = shape.choice("Status", &["Active", "Inactive"]).unwrap_or_default();
    shape.finish()?;
    let name = own_or(caller, named)?;
    check(world, caller, "iam:UpdateAccessKey", EntityKind::User, name)?;
    let user = world.iam.user_mut(caller.account, name)?;
    user.keys.get_mut(id).ok_or_else(|| no_key(id))?.is_active = status == "Active";
    let subject = arn(world, caller.account, EntityKind::User, name);
    world.trace("access key updated", &subject, status.as_bytes());
    Ok(None)
}

//! `DeleteAccessKey`.

use crate::iam::access::{arn, check};
use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::get_user::own_or;

/// Deletes an access key of a user.
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
    shape.finish()?;
    let name = own_or(caller, named)?;
    check(world, caller, "iam:DeleteAccessKey", EntityKind::User, name)?;
    let user = world.iam.user_mut(caller.account, name)?;
    user.keys.remove(id).ok_or_else(|| no_key(id))?;
    world.iam.keys.remove(id);
    let subject = arn(world, caller.account, EntityKind::User, name);
    world.trace("access key deleted", &subject, id.as_bytes());
    Ok(None)
}

/// `AccessKeyId`.
pub(super) fn key_id<'p>(shape: &mut Shape<'p>) -> &'p str {
    shape.required("AccessKeyId", 16, 128)
}

/// `The Access Key with id X cannot be found.`
pub(super) fn no_key(id: &str) -> ServiceError {
    error::no_such_entity(format!("The Access Key with id {id} cannot be found."))
}

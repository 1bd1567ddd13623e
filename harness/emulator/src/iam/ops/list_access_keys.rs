//! `ListAccessKeys`.

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::view::time;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::get_user::own_or;

/// Lists the access keys of a user, without their secrets.
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
    let page = shape.page();
    shape.finish()?;
    let name = own_or(caller, named)?;
    check(world, caller, "iam:ListAccessKeys", EntityKind::User, name)?;
    let user = world.iam.user(caller.account, name)?;
    let keys = user.keys.iter().map(|(id, key)| {
        let element = Element::new("member")
            .child(Element::text("UserName", user.entity.name.as_str()))
            .child(Element::text("AccessKeyId", id.as_str()))
            .child(Element::text("Status", key.status()))
            .child(Element::text("CreateDate", time(key.created)));
        (id.clone(), element)
    });
    Ok(Some(page.list(Element::new("Result"), "AccessKeyMetadata", keys)))
}

//! `GetUser`.

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::policy::Principal;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Describes a user; the one who calls when none is named. A root that asks about itself is told
/// of its account.
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
    shape.finish()?;
    if named.is_none() && matches!(caller.principal, Principal::Root { .. }) {
        let account = caller.account.as_str();
        let root = Element::new("User")
            .child(Element::text("UserId", account))
            .child(Element::text("Arn", caller.principal.arn()));
        return Ok(Some(Element::new("Result").child(root)));
    }
    let name = own_or(caller, named)?;
    check(world, caller, "iam:GetUser", EntityKind::User, name)?;
    let user = world.iam.user(caller.account, name)?;
    Ok(Some(Element::new("Result").child(view::entity(&user.entity, Detail::Whole))))
}

/// The user that is named, else the one who calls.
///
/// # Errors
/// `ValidationError` when no user is named and no user calls.
pub(super) fn own_or<'n>(
    caller: &'n Caller,
    named: Option<&'n str>,
) -> Result<&'n str, ServiceError> {
    named.or(caller.principal.user_name()).ok_or_else(|| {
        error::validation("Must specify userName when calling with non-User credentials")
    })
}

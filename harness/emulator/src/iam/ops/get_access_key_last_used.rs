//! `GetAccessKeyLastUsed`.

use crate::iam::access::check;
use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::view::time;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::delete_access_key::{key_id, no_key};

/// Tells when, where and for what an access key of the account was last used.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let id = key_id(&mut shape);
    shape.finish()?;
    let owner = world.iam.keys.get(id).filter(|(account, _)| *account == caller.account);
    let (_, name) = owner.cloned().ok_or_else(|| no_key(id))?;
    check(world, caller, "iam:GetAccessKeyLastUsed", EntityKind::User, &name)?;
    let user = world.iam.user(caller.account, &name)?;
    let key = user.keys.get(id).ok_or_else(|| no_key(id))?;
    let (at, service, region) = match &key.last_used {
        Some((at, service, region)) => (Some(*at), service.as_str(), region.as_str()),
        None => (None, "N/A", "N/A"),
    };
    let used = Element::new("AccessKeyLastUsed")
        .maybe(at.map(|at| Element::text("LastUsedDate", time(at))))
        .child(Element::text("ServiceName", service))
        .child(Element::text("Region", region));
    Ok(Some(
        Element::new("Result")
            .child(Element::text("UserName", user.entity.name.as_str()))
            .child(used),
    ))
}

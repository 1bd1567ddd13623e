//! Tags of roles, users and managed policies.

use crate::iam::access::{check, check_with};
use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::page::Page;
use crate::iam::read::Shape;
use crate::iam::tags::{TAGS_MAX, Tags};
use crate::iam::view;
use crate::kernel::{Caller, ServiceError, World};
use crate::policy::Context;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::Answer;

/// Tags an entity.
pub(in crate::iam) fn tag(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(kind);
    let tags = shape.tags();
    shape.finish()?;
    let context = tags.tell_request(Context::new());
    check_with(world, caller, action, kind, name, context)?;
    let entity = world.iam.entity_mut(caller.account, kind, name)?;
    add(&mut entity.tags, &tags, kind.title())?;
    let subject = entity.arn();
    world.trace("tagged", &subject, b"");
    Ok(None)
}

/// Adds tags as far as the quota allows.
///
/// # Errors
/// `LimitExceeded`.
pub(in crate::iam) fn add(known: &mut Tags, more: &Tags, title: &str) -> Result<(), ServiceError> {
    let mut all = known.clone();
    for (key, value) in more.iter() {
        all.set(key, value);
    }
    if all.len() > TAGS_MAX {
        return Err(error::quota(&format!("TagsPer{title}"), TAGS_MAX));
    }
    *known = all;
    Ok(())
}

/// Takes tags off an entity; keys that it has not are ignored.
pub(in crate::iam) fn untag(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(kind);
    let keys = shape.keys("TagKeys");
    shape.finish()?;
    let context = Context::new().with_list("aws:TagKeys", keys.iter().copied());
    check_with(world, caller, action, kind, name, context)?;
    let entity = world.iam.entity_mut(caller.account, kind, name)?;
    keys.iter().for_each(|key| entity.tags.remove(key));
    let subject = entity.arn();
    world.trace("untagged", &subject, b"");
    Ok(None)
}

/// Lists the tags of an entity.
pub(in crate::iam) fn list(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(kind);
    let page = shape.page();
    shape.finish()?;
    check(world, caller, action, kind, name)?;
    let entity = world.iam.entity(caller.account, kind, name)?;
    Ok(Some(listed(&page, &entity.tags)))
}

/// The page of these tags, in the order of their keys.
pub(in crate::iam) fn listed(page: &Page, tags: &Tags) -> Element {
    let mut entries: Vec<_> =
        tags.iter().map(|(key, value)| (key.to_lowercase(), view::tag(key, value))).collect();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    page.list(Element::new("Result"), "Tags", entries)
}

//! Inline policies of roles, users and groups.

use crate::iam::access::{arn, check};
use crate::iam::document::{encoded, parse, size};
use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::state::named;
use crate::kernel::{Caller, World};
use crate::policy::PolicyKind;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::Answer;

/// Puts a policy on an entity; one of the same name is replaced.
pub(in crate::iam) fn put(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(kind);
    let policy = shape.word("PolicyName", 128);
    let text = shape.document("PolicyDocument");
    shape.finish()?;
    check(world, caller, action, kind, name)?;
    let document = parse(text, PolicyKind::Identity)?;
    let entity = world.iam.entity_mut(caller.account, kind, name)?;
    let others = entity.inline.iter().filter(|(known, _)| *known != policy);
    let others: usize = others.map(|(_, known)| size(known.document.text())).sum();
    let most = kind.inline_max();
    if others + size(text) > most {
        let noun = kind.noun();
        return Err(error::limit(format!(
            "Maximum policy size of {most} bytes exceeded for {noun} {name}"
        )));
    }
    let called = entity.inline_name(policy);
    entity.inline.insert(policy.to_owned(), named(called, document));
    let subject = arn(world, caller.account, kind, name);
    world.trace(&format!("{} policy", kind.noun()), &subject, text.as_bytes());
    Ok(None)
}

/// Reads a policy back, percent-encoded and byte for byte.
pub(in crate::iam) fn get(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(kind);
    let policy_name = shape.word("PolicyName", 128);
    shape.finish()?;
    check(world, caller, action, kind, name)?;
    let entity = world.iam.entity(caller.account, kind, name)?;
    let policy =
        entity.inline.get(policy_name).ok_or_else(|| error::no_inline(kind, policy_name))?;
    Ok(Some(
        Element::new("Result")
            .child(Element::text(kind.parameter(), entity.name.as_str()))
            .child(Element::text("PolicyName", policy_name))
            .child(Element::text("PolicyDocument", encoded(policy.document.text()))),
    ))
}

/// Lists the names of the policies.
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
    let names =
        entity.inline.keys().map(|name| (name.clone(), Element::text("member", name.as_str())));
    Ok(Some(page.list(Element::new("Result"), "PolicyNames", names)))
}

/// Takes a policy away.
pub(in crate::iam) fn delete(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(kind);
    let policy = shape.word("PolicyName", 128);
    shape.finish()?;
    check(world, caller, action, kind, name)?;
    let entity = world.iam.entity_mut(caller.account, kind, name)?;
    entity.inline.remove(policy).ok_or_else(|| error::no_inline(kind, policy))?;
    let subject = arn(world, caller.account, kind, name);
    world.trace(&format!("{} policy deleted", kind.noun()), &subject, policy.as_bytes());
    Ok(None)
}

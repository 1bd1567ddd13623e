//! `ListEntitiesForPolicy`.

use crate::iam::access::check_policy;
use crate::iam::entity::{Entity, EntityKind};
use crate::iam::error;
use crate::iam::page::ended;
use crate::iam::read::Shape;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

const KINDS: [EntityKind; 3] = [EntityKind::Group, EntityKind::User, EntityKind::Role];

/// Lists the users, roles and groups of the account that a managed policy is attached to or bounds.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let arn = shape.policy_arn();
    let filters = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];
    let filter = shape.choice("EntityFilter", &filters);
    let usage = shape.choice("PolicyUsageFilter", &["PermissionsPolicy", "PermissionsBoundary"]);
    let prefix = shape.path_prefix();
    let page = shape.page();
    shape.finish()?;
    check_policy(world, caller, "iam:ListEntitiesForPolicy", arn)?;
    if world.iam.managed(arn).is_none() {
        return Err(error::no_policy(arn));
    }
    let uses = |entity: &Entity| {
        let attached = entity.attached.iter().any(|known| known == arn);
        let bounds = entity.boundary.as_deref() == Some(arn);
        match usage {
            Some("PermissionsPolicy") => attached,
            Some(_) => bounds,
            None => attached || bounds,
        }
    };
    let directory = world.iam.accounts.get(&caller.account);
    let entities = KINDS
        .into_iter()
        .filter(|kind| filter.is_none_or(|filter| filter == kind.title()))
        .flat_map(|kind| directory.into_iter().flat_map(move |d| d.entities(kind)))
        .filter(|entity| entity.path.starts_with(prefix) && uses(entity));
    // The page goes over all kinds; its key has the kind first.
    let place = |entity: &Entity| KINDS.iter().position(|kind| *kind == entity.kind);
    let keyed = entities.map(|entity| {
        let place = place(entity).unwrap_or(0);
        (format!("{place}{}", entity.name.to_lowercase()), entity)
    });
    let (found, marker) = page.cut(keyed);
    let lists = KINDS.map(|kind| list(kind, &found));
    Ok(Some(ended(Element::new("Result").children(lists), marker)))
}

fn list(kind: EntityKind, entities: &[&Entity]) -> Element {
    let (list, id) = match kind {
        EntityKind::Group => ("PolicyGroups", "GroupId"),
        EntityKind::User => ("PolicyUsers", "UserId"),
        EntityKind::Role => ("PolicyRoles", "RoleId"),
    };
    let members = entities.iter().filter(|entity| entity.kind == kind).map(|entity| {
        Element::new("member")
            .child(Element::text(kind.parameter(), entity.name.as_str()))
            .child(Element::text(id, entity.id.as_str()))
    });
    Element::new(list).children(members)
}

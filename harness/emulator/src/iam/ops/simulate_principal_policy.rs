//! `SimulatePrincipalPolicy`.

use crate::iam::access::check;
use crate::iam::entity::{Entity, EntityKind};
use crate::iam::error;
use crate::iam::organization;
use crate::iam::policies::in_force;
use crate::iam::read::Shape;
use crate::iam::shared::simulation;
use crate::iam::state::State;
use crate::kernel::{Caller, ServiceError, World};
use crate::policy::{NamedPolicy, Policies};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Decides what a user, group or role of the account would be permitted: by its own policies,
/// those of its groups, its boundary and its organisation, and by the policies of the request.
///
/// # Errors
/// `ValidationError`, `InvalidInput`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let arn = shape.required("PolicySourceArn", 20, 2_048);
    let page = shape.page();
    shape.finish()?;
    let (kind, name) = source(caller, arn)?;
    check(world, caller, "iam:SimulatePrincipalPolicy", kind, name)?;
    let mut policies = Policies {
        identity: attached(world, caller, kind, name)?,
        scps: organization::scps(world, caller.account),
        ..Policies::default()
    };
    let boundary = world.iam.entity(caller.account, kind, name)?.boundary.as_ref();
    policies.boundary = boundary.and_then(|arn| managed(&world.iam, arn));
    let mut input = simulation::input(parameters);
    if input.caller_arn.is_none() && kind != EntityKind::Group {
        input.caller_arn = Some(arn.to_owned());
    }
    simulation::answer(&input, policies, &page)
}

/// The entity of the account that an ARN names.
///
/// # Errors
/// `InvalidInput`, `NoSuchEntity`.
pub(super) fn source<'a>(
    caller: &Caller,
    arn: &'a str,
) -> Result<(EntityKind, &'a str), ServiceError> {
    let rest = arn.strip_prefix("arn:aws:iam::").and_then(|rest| rest.split_once(':'));
    let parts = rest.and_then(|(account, rest)| Some((account, rest.split_once('/')?)));
    let Some((account, (noun, name))) = parts else {
        return Err(error::invalid_input(format!("Invalid Entity Arn: {arn}")));
    };
    let kind = match noun {
        "user" => EntityKind::User,
        "role" => EntityKind::Role,
        "group" => EntityKind::Group,
        _ => return Err(error::invalid_input(format!("Invalid Entity Arn: {arn}"))),
    };
    let name = name.rsplit_once('/').map_or(name, |(_, last)| last);
    if account != caller.account.as_str() {
        return Err(error::no_entity(kind, name));
    }
    Ok((kind, name))
}

/// The policies of an entity and of a user's groups, by the names that the simulator gives them:
/// `user_ann_reading` for an inline policy, its own name for a managed one.
///
/// # Errors
/// `NoSuchEntity`.
pub(super) fn attached(
    world: &World,
    caller: &Caller,
    kind: EntityKind,
    name: &str,
) -> Result<Vec<NamedPolicy>, ServiceError> {
    let state = &world.iam;
    let mut policies = of(state, state.entity(caller.account, kind, name)?);
    if kind == EntityKind::User {
        for group in &state.user(caller.account, name)?.groups {
            policies.extend(of(state, state.entity(caller.account, EntityKind::Group, group)?));
        }
    }
    Ok(policies)
}

fn of(state: &State, entity: &Entity) -> Vec<NamedPolicy> {
    let noun = entity.kind.noun();
    let inline = entity.inline.iter().map(|(policy, named)| NamedPolicy {
        name: format!("{noun}_{}_{policy}", entity.name),
        document: named.document.clone(),
    });
    let managed = entity.attached.iter().filter_map(|arn| managed(state, arn));
    inline.chain(managed).collect()
}

fn managed(state: &State, arn: &str) -> Option<NamedPolicy> {
    let name = state.managed(arn)?.name.clone();
    Some(NamedPolicy { name, document: in_force(state, arn)?.document.clone() })
}

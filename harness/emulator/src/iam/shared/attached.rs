//! Managed policies attached to roles, users and groups.

use crate::iam::access::{arn, check, check_with};
use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::view;
use crate::kernel::{Caller, World};
use crate::policy::Context;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::Answer;

/// How many managed policies may be attached to one entity.
const ATTACHED_MAX: usize = 10;

/// Attaches a managed policy; one that is attached already stays so.
pub(in crate::iam) fn attach(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let (name, policy) = named(parameters, kind)?;
    check_with(world, caller, action, kind, name, Context::new().with("iam:PolicyARN", policy))?;
    world.iam.entity(caller.account, kind, name)?;
    if world.iam.managed(policy).is_none() {
        return Err(error::not_attachable(policy));
    }
    let entity = world.iam.entity_mut(caller.account, kind, name)?;
    if !entity.attached.iter().any(|known| known == policy) {
        if entity.attached.len() >= ATTACHED_MAX {
            return Err(error::quota(&format!("PoliciesPer{}", kind.title()), ATTACHED_MAX));
        }
        entity.attached.push(policy.to_owned());
    }
    let subject = arn(world, caller.account, kind, name);
    world.trace("policy attached", &subject, policy.as_bytes());
    Ok(None)
}

/// Takes a managed policy off an entity.
pub(in crate::iam) fn detach(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let (name, policy) = named(parameters, kind)?;
    check_with(world, caller, action, kind, name, Context::new().with("iam:PolicyARN", policy))?;
    let entity = world.iam.entity_mut(caller.account, kind, name)?;
    let before = entity.attached.len();
    entity.attached.retain(|known| known != policy);
    if entity.attached.len() == before {
        return Err(error::no_policy(policy));
    }
    let subject = arn(world, caller.account, kind, name);
    world.trace("policy detached", &subject, policy.as_bytes());
    Ok(None)
}

/// Lists the managed policies that are attached to an entity.
pub(in crate::iam) fn list(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    kind: EntityKind,
    action: &str,
) -> Answer {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(kind);
    let prefix = shape.path_prefix();
    let page = shape.page();
    shape.finish()?;
    check(world, caller, action, kind, name)?;
    let entity = world.iam.entity(caller.account, kind, name)?;
    let managed = entity.attached.iter().filter_map(|arn| world.iam.managed(arn));
    let mut policies: Vec<_> = managed
        .filter(|policy| policy.path.starts_with(prefix))
        .map(|policy| (policy.arn.clone(), view::attached(&policy.name, &policy.arn)))
        .collect();
    policies.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(Some(page.list(Element::new("Result"), "AttachedPolicies", policies)))
}

fn named(
    parameters: &Parameters,
    kind: EntityKind,
) -> Result<(&str, &str), crate::kernel::ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.entity(kind);
    let policy = shape.policy_arn();
    shape.finish()?;
    Ok((name, policy))
}

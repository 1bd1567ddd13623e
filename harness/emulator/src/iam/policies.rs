//! The policies of whoever calls, and the trust policy of a role.

use tributary_vocabulary::AccountId;

use crate::kernel::{Caller, World};
use crate::policy::{NamedPolicy, Policies, Principal};

use super::entity::{Entity, EntityKind};
use super::session::Session;
use super::state::State;

/// The identity side of a caller's policies: its own, those of its groups, its boundary, those
/// passed to its session. The resource side is empty. Documents are shared, never copied.
pub(crate) fn policies_of(world: &World, caller: &Caller) -> Policies {
    let state = &world.iam;
    let mut policies = Policies::default();
    match &caller.principal {
        Principal::Session { account, role, .. } => {
            let session = session_of(world, caller);
            let Ok(role) = state.role(*account, role) else { return policies };
            if session.is_some_and(|session| session.entity_id != role.entity.id) {
                return policies;
            }
            of_entity(state, &role.entity, &mut policies);
            if let Some(session) = session {
                policies.session.extend(session.policy.clone());
                let passed = session.policy_arns.iter().filter_map(|arn| in_force(state, arn));
                policies.session.extend(passed.cloned());
            }
        }
        Principal::User { account, name } => {
            if let Ok(user) = state.user(*account, name) {
                of_entity(state, &user.entity, &mut policies);
                for group in &user.groups {
                    if let Ok(group) = state.entity(*account, EntityKind::Group, group) {
                        of_entity(state, group, &mut policies);
                    }
                }
            }
        }
        _ => {}
    }
    policies
}

/// Adds the policies of an entity, and its boundary.
pub(super) fn of_entity(state: &State, entity: &Entity, policies: &mut Policies) {
    policies.identity.extend(entity.inline.values().cloned());
    let attached = entity.attached.iter().filter_map(|arn| in_force(state, arn));
    policies.identity.extend(attached.cloned());
    // A policy that bounds somebody cannot be deleted, so what is named is there.
    if let Some(arn) = &entity.boundary {
        policies.boundary = in_force(state, arn).cloned();
    }
}

/// The document of a managed policy that is in force.
pub(super) fn in_force<'s>(state: &'s State, arn: &str) -> Option<&'s NamedPolicy> {
    state.managed(arn)?.in_force()
}

/// The session of STS in which a caller acts, when it does.
pub(super) fn session_of<'w>(world: &'w World, caller: &Caller) -> Option<&'w Session> {
    world.iam.sessions.get(&caller.request.as_ref()?.access_key)
}

/// The trust policy of a role, where it decides: for the actions of STS.
pub(crate) fn resource_policy(
    world: &World,
    action: &str,
    resource: &str,
    owner: AccountId,
) -> Option<NamedPolicy> {
    let is_of_sts = action.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sts:"));
    if !is_of_sts {
        return None;
    }
    world.iam.role_of_arn(owner, resource).map(|role| role.trust.clone())
}

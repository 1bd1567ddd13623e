//! The condition keys that tell of the caller (iam reference, context keys).

use crate::kernel::{Caller, World};
use crate::policy::{Context, Principal};

use super::organization;
use super::policies::session_of;
use super::tags::Tags;
use super::view::time;

/// Adds the keys that tell of the principal and do not follow from its ARN.
pub(crate) fn principal_context(world: &World, caller: &Caller, context: Context) -> Context {
    let mut context = context;
    if let Some(account) = caller.principal.account() {
        context = organization::tell(world, "Principal", account, context);
    }
    let session = session_of(world, caller);
    match &caller.principal {
        Principal::Session { account, role, session: name } => {
            if let Ok(role) = world.iam.role(*account, role) {
                let id = session.map_or(role.entity.id.as_str(), |s| s.entity_id.as_str());
                context = context
                    .with("aws:userid", format!("{id}:{name}"))
                    .with("aws:PrincipalArn", role.entity.arn());
                context = tell_tags(&role.entity.tags, context);
            }
        }
        Principal::User { account, name } => {
            if let Ok(user) = world.iam.user(*account, name) {
                context = context.with("aws:userid", user.entity.id.as_str());
                context = tell_tags(&user.entity.tags, context);
            }
        }
        _ => {}
    }
    let Some(session) = session else { return context };
    context = tell_tags(&session.tags, context)
        .with("aws:TokenIssueTime", time(session.issued))
        .with("aws:MultiFactorAuthPresent", "false");
    match &session.source_identity {
        Some(identity) => context.with("aws:SourceIdentity", identity.as_str()),
        None => context,
    }
}

fn tell_tags(tags: &Tags, context: Context) -> Context {
    tags.tell("aws:PrincipalTag", context)
}

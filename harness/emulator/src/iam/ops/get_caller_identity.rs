//! `GetCallerIdentity` (iam reference, operations): needs no permission.

use crate::iam::policies::session_of;
use crate::kernel::{Caller, ServiceError, World};
use crate::policy::Principal;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Tells who calls.
///
/// # Errors
/// None.
pub fn run(
    world: &mut World,
    caller: &Caller,
    _parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let user_id = match &caller.principal {
        Principal::Session { account, role, session } => {
            let known = session_of(world, caller).map(|session| session.entity_id.as_str());
            let role = world.iam.role(*account, role).ok().map(|role| role.entity.id.as_str());
            format!("{}:{session}", known.or(role).unwrap_or("AROA"))
        }
        Principal::User { account, name } => match world.iam.user(*account, name) {
            Ok(user) => user.entity.id.clone(),
            Err(_) => caller.account.to_string(),
        },
        _ => caller.account.to_string(),
    };
    Ok(Some(
        Element::new("GetCallerIdentityResult")
            .child(Element::text("Arn", caller.principal.arn()))
            .child(Element::text("UserId", user_id))
            .child(Element::text("Account", caller.account.as_str())),
    ))
}

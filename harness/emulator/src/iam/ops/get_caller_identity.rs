//! `GetCallerIdentity` (iam reference, operations): needs no permission.

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
            let id = world.iam.role(*account, role).map_or("AROA", |role| role.id.as_str());
            format!("{id}:{session}")
        }
        _ => caller.account.to_string(),
    };
    Ok(Some(
        Element::new("GetCallerIdentityResult")
            .child(Element::text("Arn", caller.principal.arn()))
            .child(Element::text("UserId", user_id))
            .child(Element::text("Account", caller.account.as_str())),
    ))
}

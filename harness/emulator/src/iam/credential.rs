//! Whose an access key is.

use std::sync::Arc;

use crate::kernel::{ServiceError, World};
use crate::policy::Principal;

use super::state::State;

/// The principal whose access key this is: a user by a key of `CreateAccessKey`, a session by a
/// key and token of STS.
///
/// # Errors
/// `UnrecognizedClientException` for a key of nobody, one that is switched off and a token that
/// is not the key's; `ExpiredTokenException`. Each protocol has its own names for them.
pub(crate) fn principal_of_key(
    world: &World,
    key: &str,
    token: Option<&str>,
) -> Result<Principal, ServiceError> {
    let invalid = || {
        let message = "The security token included in the request is invalid.";
        ServiceError::client("UnrecognizedClientException", message)
    };
    if let Some(session) = world.iam.sessions.get(key) {
        if token != Some(session.token.as_str()) || !exists(&world.iam, session) {
            return Err(invalid());
        }
        if world.now >= session.expires {
            let message = "The security token included in the request is expired";
            return Err(ServiceError::client("ExpiredTokenException", message));
        }
        return Ok(session.principal.clone());
    }
    if let Some((account, name)) = world.iam.keys.get(key) {
        let user = world.iam.user(*account, name).map_err(|_| invalid())?;
        let is_active = user.keys.get(key).is_some_and(|key| key.is_active);
        // A long-term key goes without a token.
        if !is_active || token.is_some() {
            return Err(invalid());
        }
        let name = user.entity.qualified_name();
        return Ok(Principal::User { account: *account, name });
    }
    let mut error = invalid();
    error.message.push_str(&format!(
        " (The access key id '{key}' belongs to nobody here: use a 12-digit account id, which is \
         that account's root, or a key made by iam:CreateAccessKey or sts:AssumeRole.)"
    ));
    Err(error)
}

/// A session ends with the role or user it is of.
fn exists(state: &State, session: &super::session::Session) -> bool {
    let id = match &session.principal {
        Principal::Session { account, role, .. } => {
            state.role(*account, role).ok().map(|role| &role.entity.id)
        }
        Principal::User { account, name } => {
            state.user(*account, name).ok().map(|user| &user.entity.id)
        }
        _ => return true,
    };
    id == Some(&session.entity_id)
}

/// Remembers the use of a user's key, for `GetAccessKeyLastUsed`.
pub(crate) fn note_use(world: &mut World, key: &str, service: &str, region: &str) {
    let Some((account, name)) = world.iam.keys.get(key) else { return };
    let (account, name) = (*account, name.clone());
    let now = world.now;
    if let Ok(user) = world.iam.user_mut(account, &name)
        && let Some(key) = user.keys.get_mut(key)
    {
        key.last_used = Some((now, service.to_owned(), region.to_owned()));
    }
}

/// The secret of an access key, for a door that verifies signatures; a 12-digit key has none.
#[must_use]
pub fn secret_of_key(world: &World, key: &str) -> Option<Arc<str>> {
    if let Some(session) = world.iam.sessions.get(key) {
        return Some(session.secret.as_str().into());
    }
    let (account, name) = world.iam.keys.get(key)?;
    Some(world.iam.user(*account, name).ok()?.keys.get(key)?.secret.as_str().into())
}

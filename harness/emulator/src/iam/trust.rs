//! Trust policies: the principals they name have to exist, and are remembered by unique id.

use std::collections::BTreeMap;

use tributary_vocabulary::AccountId;

use crate::kernel::{ServiceError, World};
use crate::policy::{Grantee, NamedPolicy, PolicyKind};

use super::document::{parse, size};
use super::error;
use super::state::{State, named};

/// The most characters of a trust policy, blanks not counted.
const TRUST_MAX: usize = 2_048;

/// Reads a role's trust policy.
///
/// # Errors
/// `MalformedPolicyDocument`, also for a user or role that does not exist; `LimitExceeded`.
pub(super) fn read(
    state: &State,
    account: AccountId,
    role: &str,
    text: &str,
) -> Result<(NamedPolicy, BTreeMap<String, String>), ServiceError> {
    let document = parse(text, PolicyKind::Trust)?;
    let mut ids = BTreeMap::new();
    for grantee in document.statements().iter().flat_map(|statement| statement.grantees()) {
        match unique_id(state, grantee) {
            Found::Id(id) => {
                ids.insert(grantee.display(), id);
            }
            Found::NotNeeded => {}
            Found::Nobody => {
                let arn = grantee.display();
                let message = format!("Invalid principal in policy: \"AWS\":\"{arn}\"");
                return Err(error::malformed(message));
            }
        }
    }
    if size(text) > TRUST_MAX {
        return Err(error::quota("ACLSizePerRole", TRUST_MAX));
    }
    Ok((named(format!("trust policy of role {role} ({account})"), document), ids))
}

enum Found {
    Id(String),
    NotNeeded,
    Nobody,
}

fn unique_id(state: &State, grantee: &Grantee) -> Found {
    let or_nobody = |id: Option<String>| id.map_or(Found::Nobody, Found::Id);
    match grantee {
        Grantee::Role { account, .. } => {
            let role = state.role_of_arn(*account, &grantee.display());
            or_nobody(role.map(|role| role.entity.id.clone()))
        }
        Grantee::User { account, name } => {
            let user = state.user(*account, name).ok();
            let user = user.filter(|user| user.entity.arn() == grantee.display());
            or_nobody(user.map(|user| user.entity.id.clone()))
        }
        Grantee::Session { account, role, .. } if state.role(*account, role).is_err() => {
            Found::Nobody
        }
        Grantee::UniqueId(id) => {
            let mut all = state.accounts.values().flat_map(|directory| directory.all());
            if all.any(|entity| entity.id == *id) { Found::NotNeeded } else { Found::Nobody }
        }
        _ => Found::NotNeeded,
    }
}

/// A user or role went or changed its ARN: trust policies that name it name its unique id, or its
/// new ARN, from now on; whoever takes the old ARN later is somebody else.
pub(super) fn rename_principal(world: &mut World, old: &str, new: &str) {
    let roles = world.iam.accounts.values_mut().flat_map(|d| d.roles.values_mut());
    for role in roles.filter(|role| role.trusted_ids.contains_key(old)) {
        let text = in_principals(role.trust.document.text(), old, new);
        // What was a policy with an ARN is one with an id.
        if let Ok(document) = parse(&text, PolicyKind::Trust) {
            role.trust = named(role.trust.name.clone(), document);
        }
        if let Some(id) = role.trusted_ids.remove(old)
            && new.starts_with("arn:")
        {
            role.trusted_ids.insert(new.to_owned(), id);
        }
    }
}

/// Puts `new` for `old` where it stands as a whole string in a `Principal`.
fn in_principals(text: &str, old: &str, new: &str) -> String {
    const KEY: &str = "\"Principal\"";
    let (old, new) = (format!("\"{old}\""), format!("\"{new}\""));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(KEY) {
        let (before, after) = rest.split_at(at + KEY.len());
        out.push_str(before);
        // The value is `"*"`, or an object in which no other lies.
        let is_object =
            after.trim_start_matches(|c: char| c.is_whitespace() || c == ':').starts_with('{');
        let end = after.find('}').filter(|_| is_object).map_or(0, |end| end + 1);
        out.push_str(&after[..end].replace(&old, &new));
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_principals_are_renamed() {
        let text = r#"{"Statement":[{"Principal":{"AWS":["a","b"]},"Condition":{"ArnLike":{"aws:PrincipalArn":"a"}}},{"Principal" : {"AWS":"a"}},{"Principal":"*","Condition":{"ArnLike":{"k":"a"}}}]}"#;
        let expected = r#"{"Statement":[{"Principal":{"AWS":["X","b"]},"Condition":{"ArnLike":{"aws:PrincipalArn":"a"}}},{"Principal" : {"AWS":"X"}},{"Principal":"*","Condition":{"ArnLike":{"k":"a"}}}]}"#;
        assert_eq!(in_principals(text, "a", "X"), expected);
    }
}

//! `PutRolePolicy` (iam reference, operations).

use crate::iam::document::{parse, required};
use crate::iam::state::named;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::policy::PolicyKind;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// The most characters of all inline policies of a role together, blanks not counted.
const INLINE_MAX: usize = 10_240;

/// Puts an inline policy on a role; one of the same name is replaced.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `MalformedPolicyDocument`, `LimitExceeded`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let role_name = required(parameters, "RoleName")?;
    let policy_name = required(parameters, "PolicyName")?;
    let text = required(parameters, "PolicyDocument")?;
    let account = caller.account;
    let arn = format!("arn:aws:iam::{account}:role/{role_name}");
    world.authorize(caller, Access::to("iam:PutRolePolicy", &arn))?;
    let document = parse(text, PolicyKind::Identity)?;
    let role = world.iam.role_mut(account, role_name)?;
    let others: usize = role
        .inline
        .iter()
        .filter(|(name, _)| *name != policy_name)
        .map(|(_, policy)| size(policy.document.text()))
        .sum();
    if others + size(text) > INLINE_MAX {
        let message =
            format!("Maximum policy size of {INLINE_MAX} bytes exceeded for role {role_name}");
        return Err(ServiceError::client("LimitExceeded", message).status(409));
    }
    let name = format!("inline policy {policy_name} of role {role_name} ({account})");
    role.inline.insert(policy_name.to_owned(), named(name, document));
    world.trace("role policy", &arn, text.as_bytes());
    Ok(None)
}

fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

//! `CreateRole` (iam reference, operations).

use std::collections::BTreeMap;

use crate::iam::document::{parse, required};
use crate::iam::state::{Role, named};
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::policy::PolicyKind;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::role::element;

/// Creates a role with its trust policy.
///
/// # Errors
/// `ValidationError`, `EntityAlreadyExists`, `MalformedPolicyDocument`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let name = required(parameters, "RoleName")?;
    let trust = required(parameters, "AssumeRolePolicyDocument")?;
    let path = parameters.get("Path").unwrap_or("/");
    validate(name, path)?;
    let account = caller.account;
    let arn = format!("arn:aws:iam::{account}:role{path}{name}");
    world.authorize(caller, Access::to("iam:CreateRole", &arn))?;
    let trust = parse(trust, PolicyKind::Trust)?;
    let role = Role {
        name: name.to_owned(),
        path: path.to_owned(),
        id: format!("AROA{}", world.iam.ids.upper(17)),
        created: world.now,
        trust: named(format!("trust policy of role {name} ({account})"), trust),
        max_session_s: duration(parameters)?,
        description: parameters.get("Description").map(str::to_owned),
        inline: BTreeMap::new(),
    };
    let answer = element(&role, account);
    world.iam.add_role(account, role)?;
    world.trace("role", &arn, b"");
    Ok(Some(Element::new("CreateRoleResult").child(answer)))
}

fn validate(name: &str, path: &str) -> Result<(), ServiceError> {
    let word = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    let wrong = |path: &str, constraint: &str| {
        let message = format!(
            "1 validation error detected: Value at '{path}' failed to satisfy constraint: {constraint}"
        );
        Err(ServiceError::client("ValidationError", message))
    };
    if name.is_empty() {
        return wrong("roleName", "Member must have length greater than or equal to 1");
    }
    if name.len() > 64 {
        return wrong("roleName", "Member must have length less than or equal to 64");
    }
    if !name.chars().all(word) {
        return wrong("roleName", r"Member must satisfy regular expression pattern: [\w+=,.@-]+");
    }
    if !(path.starts_with('/') && path.ends_with('/') && path.len() <= 512) {
        return wrong(
            "path",
            "Member must satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)",
        );
    }
    Ok(())
}

fn duration(parameters: &Parameters) -> Result<i64, ServiceError> {
    let Some(text) = parameters.get("MaxSessionDuration") else { return Ok(3600) };
    text.parse().ok().filter(|seconds| (3600..=43_200).contains(seconds)).ok_or_else(|| {
        ServiceError::client(
            "ValidationError",
            "1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: Member must have value between 3600 and 43200",
        )
    })
}

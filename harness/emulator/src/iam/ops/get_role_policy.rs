//! `GetRolePolicy` (iam reference, operations).

use crate::iam::document::{encoded, required};
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Reads an inline policy of a role back, percent-encoded and byte for byte.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let role_name = required(parameters, "RoleName")?;
    let policy_name = required(parameters, "PolicyName")?;
    let arn = format!("arn:aws:iam::{}:role/{role_name}", caller.account);
    world.authorize(caller, Access::to("iam:GetRolePolicy", &arn))?;
    let role = world.iam.role(caller.account, role_name)?;
    let policy = role.inline.get(policy_name).ok_or_else(|| {
        let message = format!("The role policy with name {policy_name} cannot be found.");
        ServiceError::client("NoSuchEntity", message).status(404)
    })?;
    Ok(Some(
        Element::new("GetRolePolicyResult")
            .child(Element::text("RoleName", role.name.as_str()))
            .child(Element::text("PolicyName", policy_name))
            .child(Element::text("PolicyDocument", encoded(policy.document.text()))),
    ))
}

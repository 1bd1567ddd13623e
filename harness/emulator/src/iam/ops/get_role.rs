//! `GetRole` (iam reference, operations).

use crate::iam::document::required;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::role::element;

/// Describes a role.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let name = required(parameters, "RoleName")?;
    let arn = format!("arn:aws:iam::{}:role/{name}", caller.account);
    world.authorize(caller, Access::to("iam:GetRole", &arn))?;
    let role = world.iam.role(caller.account, name)?;
    Ok(Some(Element::new("GetRoleResult").child(element(role, caller.account))))
}

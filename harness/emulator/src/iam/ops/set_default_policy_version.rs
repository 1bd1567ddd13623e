//! `SetDefaultPolicyVersion`.

use crate::iam::access::check_policy;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::delete_policy::own;
use super::get_policy_version::{number, version_id};

/// Puts a version of a managed policy in force.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let arn = shape.policy_arn();
    let version = version_id(&mut shape);
    shape.finish()?;
    check_policy(world, caller, "iam:SetDefaultPolicyVersion", arn)?;
    let now = world.now;
    let policy = own(world, arn)?;
    if !policy.versions.contains_key(&number(version)) {
        return Err(error::no_version(arn, version));
    }
    policy.default = number(version);
    policy.updated = now;
    world.trace("policy version in force", arn, version.as_bytes());
    Ok(None)
}

//! `DeletePolicyVersion`.

use crate::iam::access::check_policy;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::delete_policy::own;
use super::get_policy_version::{number, version_id};

/// Deletes a version of a managed policy, not the one in force.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `DeleteConflict`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let arn = shape.policy_arn();
    let version = version_id(&mut shape);
    shape.finish()?;
    check_policy(world, caller, "iam:DeletePolicyVersion", arn)?;
    let policy = own(world, arn)?;
    if policy.default == number(version) {
        return Err(error::conflict("Cannot delete the default version of a policy."));
    }
    policy.versions.remove(&number(version)).ok_or_else(|| error::no_version(arn, version))?;
    world.trace("policy version deleted", arn, version.as_bytes());
    Ok(None)
}

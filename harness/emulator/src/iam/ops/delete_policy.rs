//! `DeletePolicy`.

use crate::iam::access::check_policy;
use crate::iam::error;
use crate::iam::managed::ManagedPolicy;
use crate::iam::read::Shape;
use crate::iam::state::fold;
use crate::iam::view;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Deletes a managed policy that is in no use and has only its default version left.
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
    shape.finish()?;
    check_policy(world, caller, "iam:DeletePolicy", arn)?;
    let policy = own(world, arn)?;
    let name = policy.name.clone();
    if policy.versions.len() > 1 {
        return Err(error::conflict(
            "This policy has more than one version. Before you delete a policy, you must delete \
             the policy's versions. The default version is deleted with the policy.",
        ));
    }
    if view::usage(&world.iam, caller.account, arn) != (0, 0) {
        return Err(error::conflict("Cannot delete a policy attached to entities."));
    }
    world.iam.directory(caller.account).managed.remove(fold(&name).as_ref());
    world.trace("managed policy deleted", arn, b"");
    Ok(None)
}

/// A managed policy of an account, to change it.
///
/// # Errors
/// `NoSuchEntity`; `AccessDenied` for one of AWS's own, which nobody changes.
pub(super) fn own<'w>(
    world: &'w mut World,
    arn: &str,
) -> Result<&'w mut ManagedPolicy, ServiceError> {
    if world.iam.managed(arn).is_some_and(ManagedPolicy::is_of_aws) {
        return Err(ServiceError::access_denied(
            "Cannot modify a policy that is managed by AWS.".to_owned(),
        ));
    }
    world.iam.managed_mut(arn)
}

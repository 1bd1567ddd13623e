//! DeleteSubnet.

use crate::ec2::error::{dependency, no_subnet};
use crate::ec2::request::{dry_run, required};
use crate::kernel::{Access, Caller, ServiceError, World, arn};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Deletes a subnet in which no interface is left.
///
/// # Errors
/// `MissingParameter`, `InvalidSubnetID.NotFound`, `DependencyViolation`,
/// `AccessDeniedException`, `DryRunOperation`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let id = required(parameters, "SubnetId")?;
    let resource = arn("ec2", &caller.region, caller.account, &format!("subnet/{id}"));
    world.authorize(caller, Access::to("ec2:DeleteSubnet", &resource))?;
    dry_run(parameters)?;
    let place = world.ec2.of(caller);
    if !place.subnets.contains_key(id) {
        return Err(no_subnet(id));
    }
    if place.interfaces_in(id) > 0 {
        return Err(dependency("subnet", id));
    }
    place.subnets.remove(id);
    place.tags.remove(id);
    world.trace("subnet", id, b"deleted");
    Ok(None)
}

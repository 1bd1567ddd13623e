//! DeleteVpc.

use crate::ec2::error::{dependency, no_vpc};
use crate::ec2::request::{dry_run, required};
use crate::kernel::{Access, Caller, ServiceError, World, arn};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Deletes a VPC in which nothing is left; its flow logs stay and publish nothing.
///
/// # Errors
/// `MissingParameter`, `InvalidVpcID.NotFound`, `DependencyViolation`, `AccessDeniedException`,
/// `DryRunOperation`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let id = required(parameters, "VpcId")?;
    let resource = arn("ec2", &caller.region, caller.account, &format!("vpc/{id}"));
    world.authorize(caller, Access::to("ec2:DeleteVpc", &resource))?;
    dry_run(parameters)?;
    let place = world.ec2.of(caller);
    if !place.vpcs.contains_key(id) {
        return Err(no_vpc(id));
    }
    let needed = place.subnets.values().any(|subnet| &*subnet.vpc_id == id)
        || place.interfaces.values().any(|nic| &*nic.vpc_id == id);
    if needed {
        return Err(dependency("vpc", id));
    }
    place.vpcs.remove(id);
    place.tags.remove(id);
    world.trace("vpc", id, b"deleted");
    Ok(None)
}

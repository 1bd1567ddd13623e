//! DeleteNetworkInterface.

use crate::ec2::error::no_interface;
use crate::ec2::request::{dry_run, required};
use crate::kernel::{Access, Caller, ServiceError, World, arn};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Deletes a network interface that nothing uses.
///
/// # Errors
/// `MissingParameter`, `InvalidNetworkInterfaceID.NotFound`, `InvalidNetworkInterface.InUse`,
/// `AccessDeniedException`, `DryRunOperation`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let id = required(parameters, "NetworkInterfaceId")?;
    let resource = arn("ec2", &caller.region, caller.account, &format!("network-interface/{id}"));
    world.authorize(caller, Access::to("ec2:DeleteNetworkInterface", &resource))?;
    dry_run(parameters)?;
    let place = world.ec2.of(caller);
    if place.interfaces.get(id).ok_or_else(|| no_interface(id))?.in_use {
        let message = format!("Network interface '{id}' is currently in use.");
        return Err(ServiceError::client("InvalidNetworkInterface.InUse", message));
    }
    place.interfaces.remove(id);
    place.tags.remove(id);
    world.trace("network interface", id, b"deleted");
    Ok(None)
}

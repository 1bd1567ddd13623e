//! CreateNetworkInterface.

use std::net::Ipv4Addr;
use std::sync::Arc;

use crate::ec2::error::{invalid_value, no_subnet};
use crate::ec2::idempotency::Tokens;
use crate::ec2::place::{Interface, Place, Subnet};
use crate::ec2::request::{dry_run, given, new_id, required};
use crate::ec2::{tags, view};
use crate::kernel::{Caller, ServiceError, World, arn};
use crate::protocol::ec2_query::list;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Makes a network interface with one address of its subnet, the first that is free unless the
/// request names one.
///
/// # Errors
/// `MissingParameter`, `InvalidParameterValue`, `InvalidSubnetID.NotFound`,
/// `InvalidIPAddress.InUse`, `InsufficientFreeAddressesInSubnet`, `AccessDeniedException`,
/// `DryRunOperation`, `IdempotentParameterMismatch`, those of tags.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let subnet_id = required(parameters, "SubnetId")?;
    let tags = tags::specified(parameters, "network-interface")?;
    for resource in ["network-interface/*", &format!("subnet/{subnet_id}")] {
        let resource = arn("ec2", &caller.region, caller.account, resource);
        let tags = if resource.ends_with("/*") { tags.clone() } else { tags::Tags::new() };
        tags::authorize_creation(world, caller, "CreateNetworkInterface", &resource, &tags)?;
    }
    dry_run(parameters)?;
    let token = given(parameters, "ClientToken");
    let place = world.ec2.of(caller);
    let answered = |tokens: &Tokens| token.map_or(Ok(None), |t| tokens.answered(t, parameters));
    if let Some(answer) = answered(&place.tokens)? {
        return Ok(Some(answer));
    }
    let (subnet_id, subnet) =
        place.subnets.get_key_value(subnet_id).ok_or_else(|| no_subnet(subnet_id))?;
    let address = address(place, (subnet_id, subnet), given(parameters, "PrivateIpAddress"))?;
    let interface = Interface {
        vpc_id: Arc::clone(&subnet.vpc_id),
        subnet_id: Arc::clone(subnet_id),
        description: parameters.get("Description").unwrap_or_default().to_owned(),
        address: Some(address),
        in_use: false,
        groups: list(parameters, "SecurityGroupId").into_iter().map(str::to_owned).collect(),
    };
    let id: Arc<str> = new_id(world, "eni-").into();
    let place = world.ec2.of(caller);
    let shown = view::interface((caller.account, place), &id, &interface, Some(&tags));
    let answer =
        Element::new("").child(shown).maybe(token.map(|token| Element::text("clientToken", token)));
    if let Some(token) = token {
        place.tokens.keep(token, parameters, answer.clone());
    }
    place.tag(&id, tags);
    place.interfaces.insert(Arc::clone(&id), interface);
    world.trace("network interface", &id, b"made");
    Ok(Some(answer))
}

fn address(
    place: &Place,
    (subnet_id, subnet): (&str, &Subnet),
    wanted: Option<&str>,
) -> Result<Ipv4Addr, ServiceError> {
    let used = place.addresses(subnet_id);
    let Some(wanted) = wanted else {
        let free = subnet.cidr.usable().find(|address| !used.contains(address));
        return free.ok_or_else(|| {
            ServiceError::client(
                "InsufficientFreeAddressesInSubnet",
                format!(
                    "There are not enough free addresses in subnet '{subnet_id}' to satisfy \
                         the requested number of interfaces."
                ),
            )
        });
    };
    let address: Ipv4Addr = wanted
        .parse()
        .map_err(|_| invalid_value(format!("invalid value for parameter address: {wanted}")))?;
    if !subnet.cidr.has(address) {
        return Err(invalid_value("Address does not fall within the subnet's address range"));
    }
    if used.contains(&address) {
        return Err(ServiceError::client("InvalidIPAddress.InUse", "Address is in use."));
    }
    Ok(address)
}

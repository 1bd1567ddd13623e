//! CreateSubnet.

use std::sync::Arc;

use super::create_vpc::block;
use crate::ec2::error::{invalid_value, no_vpc};
use crate::ec2::place::Subnet;
use crate::ec2::request::{dry_run, given, new_id, required};
use crate::ec2::zone::{zone_id, zones};
use crate::ec2::{tags, view};
use crate::kernel::{Caller, ServiceError, World, arn};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Makes a subnet, of 16 to 28 bits within the addresses of its VPC.
///
/// # Errors
/// `MissingParameter`, `InvalidParameterValue`, `InvalidVpcID.NotFound`, `InvalidSubnet.Range`,
/// `InvalidSubnet.Conflict`, `SubnetLimitExceeded`, `AccessDeniedException`, `DryRunOperation`,
/// those of tags.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let vpc_id = required(parameters, "VpcId")?;
    let cidr = block(required(parameters, "CidrBlock")?)?;
    let zone = zone(caller, parameters)?;
    let tags = tags::specified(parameters, "subnet")?;
    for resource in ["subnet/*", &format!("vpc/{vpc_id}")] {
        let resource = arn("ec2", &caller.region, caller.account, resource);
        let tags = if resource.ends_with("/*") { tags.clone() } else { tags::Tags::new() };
        tags::authorize_creation(world, caller, "CreateSubnet", &resource, &tags)?;
    }
    dry_run(parameters)?;
    let most = world.settings.ec2.subnets_per_vpc_max;
    let place = world.ec2.of(caller);
    let (vpc_id, vpc) = place.vpcs.get_key_value(vpc_id).ok_or_else(|| no_vpc(vpc_id))?;
    if !(16..=28).contains(&cidr.length()) || !vpc.cidr.holds(cidr) {
        let message = format!("The CIDR '{cidr}' is invalid.");
        return Err(ServiceError::client("InvalidSubnet.Range", message));
    }
    let vpc_id = Arc::clone(vpc_id);
    let siblings = place.subnets.values().filter(|subnet| subnet.vpc_id == vpc_id);
    if siblings.clone().any(|subnet| subnet.cidr.meets(cidr)) {
        let message = format!("The CIDR '{cidr}' conflicts with another subnet");
        return Err(ServiceError::client("InvalidSubnet.Conflict", message));
    }
    if siblings.count() >= most {
        let message = "The maximum number of subnets has been reached.";
        return Err(ServiceError::client("SubnetLimitExceeded", message));
    }
    let id: Arc<str> = new_id(world, "subnet-").into();
    let subnet = Subnet { vpc_id, cidr, zone };
    let owner = (caller.account, &caller.region);
    let answer = view::subnet(owner, &id, &subnet, 0, Some(&tags));
    let place = world.ec2.of(caller);
    place.tag(&id, tags);
    place.subnets.insert(Arc::clone(&id), subnet);
    world.trace("subnet", &id, b"made");
    Ok(Some(Element::new("").child(answer)))
}

/// The zone that the request names; the first when it names none.
fn zone(caller: &Caller, parameters: &Parameters) -> Result<String, ServiceError> {
    let zones = zones(&caller.region);
    let by_name = given(parameters, "AvailabilityZone");
    let by_id = given(parameters, "AvailabilityZoneId");
    let found = zones.iter().find(|zone| {
        by_name.is_none_or(|name| name == zone.as_str())
            && by_id.is_none_or(|id| id == zone_id(zone))
    });
    found.cloned().ok_or_else(|| {
        invalid_value(format!(
            "Value ({}) for parameter availabilityZone is invalid. Subnets can currently only be \
             created in the following availability zones: {}.",
            by_name.or(by_id).unwrap_or_default(),
            zones.join(", ")
        ))
    })
}

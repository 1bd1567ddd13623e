//! DescribeSubnets.

use crate::ec2::describe::Describing;
use crate::ec2::zone::zone_id;
use crate::ec2::{error, view};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

const FILTERS: &[&str] = &[
    "subnet-id",
    "vpc-id",
    "cidr",
    "cidr-block",
    "cidrBlock",
    "availability-zone",
    "availabilityZone",
    "availability-zone-id",
    "availabilityZoneId",
    "state",
    "owner-id",
    "default-for-az",
    "defaultForAz",
];

/// Describes subnets.
///
/// # Errors
/// `InvalidSubnetID.NotFound`, `InvalidParameterValue`, `AccessDeniedException`,
/// `DryRunOperation`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let describing =
        Describing { action: "ec2:DescribeSubnets", ids: "SubnetId", filters: FILTERS, least: 5 };
    let asked = describing.ask(world, caller, parameters)?;
    let place = &*world.ec2.of(caller);
    asked.answer(
        "subnetSet",
        (&place.subnets, &place.tags),
        error::no_subnet,
        |filter, id, subnet| {
            Some(match filter {
                "subnet-id" => id.to_owned(),
                "vpc-id" => subnet.vpc_id.as_ref().to_owned(),
                "cidr" | "cidr-block" | "cidrBlock" => subnet.cidr.to_string(),
                "availability-zone" | "availabilityZone" => subnet.zone.clone(),
                "availability-zone-id" | "availabilityZoneId" => zone_id(&subnet.zone),
                "state" => "available".to_owned(),
                "owner-id" => caller.account.to_string(),
                "default-for-az" | "defaultForAz" => "false".to_owned(),
                _ => return None,
            })
        },
        |id, subnet, tags| {
            let owner = (caller.account, &caller.region);
            view::subnet(owner, id, subnet, place.interfaces_in(id), tags)
        },
    )
}

//! DescribeNetworkInterfaces.

use crate::ec2::describe::Describing;
use crate::ec2::{error, view};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

const FILTERS: &[&str] = &[
    "network-interface-id",
    "subnet-id",
    "vpc-id",
    "availability-zone",
    "description",
    "owner-id",
    "status",
    "private-ip-address",
    "addresses.private-ip-address",
    "interface-type",
    "requester-managed",
];

/// Describes network interfaces.
///
/// # Errors
/// `InvalidNetworkInterfaceID.NotFound`, `InvalidParameterValue`, `AccessDeniedException`,
/// `DryRunOperation`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let describing = Describing {
        action: "ec2:DescribeNetworkInterfaces",
        ids: "NetworkInterfaceId",
        filters: FILTERS,
        least: 5,
    };
    let asked = describing.ask(world, caller, parameters)?;
    let place = &*world.ec2.of(caller);
    asked.answer(
        "networkInterfaceSet",
        (&place.interfaces, &place.tags),
        error::no_interface,
        |filter, id, nic| {
            Some(match filter {
                "network-interface-id" => id.to_owned(),
                "subnet-id" => nic.subnet_id.as_ref().to_owned(),
                "vpc-id" => nic.vpc_id.as_ref().to_owned(),
                "availability-zone" => place.subnets.get(&nic.subnet_id)?.zone.clone(),
                "description" => nic.description.clone(),
                "owner-id" => caller.account.to_string(),
                "status" => view::status(nic).to_owned(),
                "private-ip-address" | "addresses.private-ip-address" => nic.address?.to_string(),
                "interface-type" => "interface".to_owned(),
                "requester-managed" => "false".to_owned(),
                _ => return None,
            })
        },
        |id, nic, tags| view::interface((caller.account, place), id, nic, tags),
    )
}

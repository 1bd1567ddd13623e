//! DescribeVpcs.

use crate::ec2::describe::Describing;
use crate::ec2::{error, view};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

const FILTERS: &[&str] = &[
    "vpc-id",
    "cidr",
    "cidr-block",
    "cidr-block-association.cidr-block",
    "state",
    "owner-id",
    "is-default",
    "isDefault",
];

/// Describes VPCs.
///
/// # Errors
/// `InvalidVpcID.NotFound`, `InvalidParameterValue`, `AccessDeniedException`, `DryRunOperation`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let describing =
        Describing { action: "ec2:DescribeVpcs", ids: "VpcId", filters: FILTERS, least: 5 };
    let asked = describing.ask(world, caller, parameters)?;
    let place = world.ec2.of(caller);
    asked.answer(
        "vpcSet",
        (&place.vpcs, &place.tags),
        error::no_vpc,
        |filter, id, vpc| {
            Some(match filter {
                "vpc-id" => id.to_owned(),
                "cidr" | "cidr-block" | "cidr-block-association.cidr-block" => vpc.cidr.to_string(),
                "state" => "available".to_owned(),
                "owner-id" => caller.account.to_string(),
                "is-default" | "isDefault" => "false".to_owned(),
                _ => return None,
            })
        },
        |id, vpc, tags| view::vpc(caller.account, id, vpc, "available", tags),
    )
}

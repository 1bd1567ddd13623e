//! CreateVpc.

use std::sync::Arc;

use crate::ec2::address::Cidr;
use crate::ec2::error::{invalid_value, not_in_enum};
use crate::ec2::place::Vpc;
use crate::ec2::request::{dry_run, given, new_id, required};
use crate::ec2::{tags, view};
use crate::kernel::{Caller, ServiceError, World, arn};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Makes a VPC with one block of IPv4 addresses, of 16 to 28 bits.
///
/// # Errors
/// `MissingParameter`, `InvalidParameterValue`, `InvalidVpc.Range`, `VpcLimitExceeded`,
/// `AccessDeniedException`, `DryRunOperation`, those of tags.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let cidr = block(required(parameters, "CidrBlock")?)?;
    let tenancy = given(parameters, "InstanceTenancy").unwrap_or("default");
    if !["default", "dedicated"].contains(&tenancy) {
        return Err(not_in_enum("instanceTenancy", tenancy, &["default", "dedicated"]));
    }
    let tags = tags::specified(parameters, "vpc")?;
    let any = arn("ec2", &caller.region, caller.account, "vpc/*");
    tags::authorize_creation(world, caller, "CreateVpc", &any, &tags)?;
    dry_run(parameters)?;
    if !(16..=28).contains(&cidr.length()) {
        let message = format!("The CIDR '{cidr}' is invalid.");
        return Err(ServiceError::client("InvalidVpc.Range", message));
    }
    if world.ec2.of(caller).vpcs.len() >= world.settings.ec2.vpcs_max {
        let message = "The maximum number of VPCs has been reached.";
        return Err(ServiceError::client("VpcLimitExceeded", message));
    }
    let id: Arc<str> = new_id(world, "vpc-").into();
    let vpc = Vpc { cidr, tenancy: tenancy.to_owned() };
    let answer = view::vpc(caller.account, &id, &vpc, "pending", Some(&tags));
    let place = world.ec2.of(caller);
    place.tag(&id, tags);
    place.vpcs.insert(Arc::clone(&id), vpc);
    world.trace("vpc", &id, b"made");
    Ok(Some(Element::new("").child(answer)))
}

/// Reads `CidrBlock`.
///
/// # Errors
/// `InvalidParameterValue`.
pub(super) fn block(text: &str) -> Result<Cidr, ServiceError> {
    text.parse().map_err(|_| {
        invalid_value(format!(
            "Value ({text}) for parameter cidrBlock is invalid. This is not a valid CIDR block."
        ))
    })
}

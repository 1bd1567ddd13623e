//! What exists before anybody sets up logging.

use std::sync::Arc;

use tributary_vocabulary::{AccountId, Region};

use super::address::Cidr;
use super::place::{Interface, Subnet, Vpc};
use super::publish::Nic;
use crate::kernel::World;

/// A VPC that exists before anybody sets up logging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FurnishedVpc {
    /// Such as `vpc-0a1b2c3d4e5f60718`.
    pub vpc_id: String,
    /// Its addresses, such as `10.4.0.0/16`; text that is none stands for `10.0.0.0/16`.
    pub cidr: String,
    /// Its subnets.
    pub subnets: Vec<FurnishedSubnet>,
}

/// A subnet of a [`FurnishedVpc`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FurnishedSubnet {
    /// Such as `subnet-0a1b2c3d4e5f60718`.
    pub subnet_id: String,
    /// Its addresses; text that is none stands for those of its VPC.
    pub cidr: String,
    /// The name of its availability zone, such as `us-west-2a`.
    pub availability_zone: String,
}

/// Declares a VPC with its subnets that exists before anybody sets up logging. Quotas do not count
/// here; a VPC of the same id is replaced, and its flow logs stay.
pub fn furnish(world: &mut World, account: AccountId, region: &Region, vpc: FurnishedVpc) {
    let fallback = Cidr::from_octets([10, 0, 0, 0], 16);
    let cidr = vpc.cidr.parse().unwrap_or(fallback);
    let vpc_id: Arc<str> = vpc.vpc_id.into();
    world.trace("vpc", &vpc_id, account.as_str().as_bytes());
    let place = world.ec2.place_mut(account, region);
    for subnet in vpc.subnets {
        let made = Subnet {
            vpc_id: Arc::clone(&vpc_id),
            cidr: subnet.cidr.parse().unwrap_or(cidr),
            zone: subnet.availability_zone,
        };
        place.subnets.insert(subnet.subnet_id.into(), made);
    }
    place.vpcs.insert(vpc_id, Vpc { cidr, tenancy: "default".to_owned() });
}

/// Adds an interface that shows itself by its traffic, when its VPC is known and it is not.
pub(super) fn notice(world: &mut World, account: AccountId, region: &Region, nic: &Nic<'_>) {
    let Some(place) = world.ec2.place(account, region) else { return };
    if place.interfaces.contains_key(nic.interface_id) {
        return;
    }
    let Some((vpc_id, _)) = place.vpcs.get_key_value(nic.vpc_id) else { return };
    let subnet_id = place.subnets.get_key_value(nic.subnet_id).map(|(id, _)| Arc::clone(id));
    let interface = Interface {
        vpc_id: Arc::clone(vpc_id),
        subnet_id: subnet_id.unwrap_or_else(|| Arc::from(nic.subnet_id)),
        description: String::new(),
        address: None,
        in_use: true,
        groups: Vec::new(),
    };
    world.ec2.place_mut(account, region).interfaces.insert(nic.interface_id.into(), interface);
}

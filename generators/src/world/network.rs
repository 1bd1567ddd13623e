//! VPCs and subnets: three VPCs of a /16 in every account, each with nine subnets of a /20.

use tributary_vocabulary::AccountId;

use super::inventory::{SubnetFacts, VpcFacts};
use super::names::resource;
use super::{Site, VPCS, World, ZONES};

/// Tiers of subnets: public, private, data.
const TIERS: u32 = 3;
/// Hosts of a /20 without the five addresses that AWS keeps; a prime, so that steps visit all.
const HOSTS: u32 = 4_091;

/// A subnet in its VPC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subnet {
    /// 0 public, 1 private, 2 data.
    pub(crate) tier: u32,
    pub(crate) zone: u32,
}

impl Subnet {
    const fn number(self) -> u32 {
        self.tier * ZONES + self.zone
    }
}

impl World {
    /// First address of a VPC: `10.x.0.0` with x below 128; peered networks are at x + 128.
    pub(crate) fn network(&self, account: u32, vpc: u32) -> u32 {
        let second = (self.dice(account, "network", 0).next() as u32 + vpc) & 0x7f;
        10 << 24 | second << 16
    }

    /// The address of the `among`-th interface of a subnet.
    pub(super) fn host(&self, account: u32, vpc: u32, subnet: Subnet, among: u32) -> u32 {
        let mut dice = self.dice(account, "hosts", vpc * 16 + subnet.number());
        let (step, first) = (dice.between(700, 3_300), dice.below(HOSTS));
        let nth = (u64::from(among) * u64::from(step) + u64::from(first)) % u64::from(HOSTS);
        self.network(account, vpc) | subnet.number() << 12 | (4 + nth as u32)
    }

    /// `vpc-…`.
    pub(crate) fn vpc_id(&self, account: u32, vpc: u32) -> String {
        resource("vpc-", self.dice(account, "vpc", vpc).next())
    }

    /// `subnet-…`.
    pub(crate) fn subnet_id(&self, account: u32, vpc: u32, subnet: Subnet) -> String {
        let number = vpc * 16 + subnet.number();
        resource("subnet-", self.dice(account, "subnet", number).next())
    }

    /// The name of a zone: `us-west-2a`.
    pub(crate) fn zone_name(&self, zone: u32) -> String {
        format!("{}{}", self.region, ['a', 'b', 'c'][(zone % ZONES) as usize])
    }

    /// The id of a zone, such as `usw2-az1`: the same place under every account's own letter.
    pub(crate) fn zone_id(&self, account: u32, zone: u32) -> String {
        let shift = self.dice(account, "zones", 0).below(ZONES);
        format!("{}-az{}", short(self.region.as_str()), (zone + shift) % ZONES + 1)
    }

    pub(crate) fn vpc(&self, account: u32, vpc: u32) -> VpcFacts {
        let dotted = |address| std::net::Ipv4Addr::from_bits(address);
        let network = self.network(account, vpc);
        let subnets = (0..TIERS * ZONES)
            .map(|number| Subnet { tier: number / ZONES, zone: number % ZONES })
            .map(|subnet| SubnetFacts {
                subnet_id: self.subnet_id(account, vpc, subnet),
                cidr: format!("{}/20", dotted(network | subnet.number() << 12)),
                availability_zone: self.zone_name(subnet.zone),
            })
            .collect();
        let vpc_id = self.vpc_id(account, vpc);
        VpcFacts { vpc_id, cidr: format!("{}/16", dotted(network)), subnets }
    }

    pub(super) fn vpcs(&self, account: u32) -> Vec<VpcFacts> {
        (0..VPCS).map(|vpc| self.vpc(account, vpc)).collect()
    }

    /// The number of an account in the list.
    pub(super) fn number(&self, account: AccountId) -> Option<u32> {
        self.accounts.iter().position(|id| *id == account).and_then(|n| u32::try_from(n).ok())
    }
}

impl Site {
    pub(crate) const fn subnet(&self) -> Subnet {
        Subnet { tier: self.role.tier(), zone: self.zone }
    }
}

/// `us-west-2` as `usw2`, `ap-southeast-1` as `apse1`.
fn short(region: &str) -> String {
    region
        .split('-')
        .enumerate()
        .map(|(nth, part)| match part {
            "northeast" => "ne",
            "northwest" => "nw",
            "southeast" => "se",
            "southwest" => "sw",
            _ if nth == 0 => part,
            _ => part.get(..1).unwrap_or(part),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_shortened_as_in_zone_ids() {
        for (region, id) in
            [("us-west-2", "usw2"), ("ap-southeast-1", "apse1"), ("eu-central-1", "euc1")]
        {
            assert_eq!(short(region), id);
        }
    }
}

//! The world of a seed: who owns what, where it stands and how it is called.
//!
//! Facts are computed from their address (account, place) and not stored, so that one worker of
//! many, or CloudTrail without a flow log, sees the same instances as everyone else. They depend
//! on the world's seed and on the account's id, and on nothing of the traffic.

mod inventory;
mod names;
mod network;
mod people;
mod role;
mod things;

use tributary_vocabulary::{AccountId, Region, Seed};

use crate::dice::{Dice, scatter};

pub use inventory::{Inventory, SubnetFacts, VpcFacts};
pub(crate) use names::{key_id, log_stream, resource, unique_id};
pub use people::Person;
pub(crate) use people::{IamRole, RoleUse};
pub(crate) use role::Role;
pub use things::Instance;
pub(crate) use things::guid;

/// Availability zones that a VPC spans.
pub(crate) const ZONES: u32 = 3;
/// VPCs of every account.
pub(crate) const VPCS: u32 = 3;

/// The world: accounts, and everything that follows from the seed.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) accounts: Vec<AccountId>,
    pub(crate) region: Region,
    seed: Seed,
    /// The root of everything in each account.
    keys: Vec<u64>,
}

/// One network interface.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    /// Number of the account in the plan's list.
    pub(crate) account: u32,
    /// Its number in the account.
    pub(crate) place: u32,
    pub(crate) role: Role,
    /// Number of the stack (one tier of everything) in the account; peers are in the same one.
    pub(crate) stack: u32,
    /// Number of its VPC in the account.
    pub(crate) vpc: u32,
    /// Number of its availability zone, from 0.
    pub(crate) zone: u32,
    /// The primary private IPv4 address.
    pub(crate) address: u32,
    /// The root of everything random about it.
    pub(crate) key: u64,
}

impl World {
    pub(crate) fn new(world_seed: Seed, region: Region, accounts: Vec<AccountId>) -> Self {
        let seed = world_seed.child("world");
        let keys = accounts
            .iter()
            .map(|id| scatter(seed.child("account").child(id.as_str()).number()))
            .collect();
        Self { accounts, region, seed, keys }
    }

    /// The `place`-th interface of the `account`-th account.
    ///
    /// Sixteen of them make a stack, one in an availability zone; three stacks fill a VPC's zones,
    /// and the VPCs are filled in turn.
    pub(crate) fn site(&self, account: u32, place: u32) -> Site {
        let size = role::STACK.len() as u32;
        let (stack, nth) = (place / size, place % size);
        let role = role::STACK[nth as usize];
        let (zone, vpc) = (stack % ZONES, stack / ZONES % VPCS);
        // The number of the interface among those of its subnet.
        let among = stack / (ZONES * VPCS) * size + nth;
        Site {
            account,
            place,
            role,
            stack,
            vpc,
            zone,
            address: self.host(account, vpc, network::Subnet { tier: role.tier(), zone }, among),
            key: scatter(self.keys[account as usize] ^ u64::from(place)),
        }
    }

    /// Numbers at an address of the world: `what` names the kind of thing, `place` which one.
    pub(crate) fn dice(&self, account: u32, what: &str, place: u32) -> Dice {
        let kind = tributary_vocabulary::stable_hash(what.as_bytes());
        Dice::at(self.keys[account as usize], kind, u64::from(place))
    }
}

impl Site {
    /// Numbers about the interface, a stream for each `what`.
    pub(crate) fn dice(&self, what: u64) -> Dice {
        Dice::at(self.key, what, 0x517e)
    }

    /// The public IPv4 address, if it has one.
    pub(crate) fn public_address(&self) -> Option<u32> {
        self.role.public().then(|| {
            // Ranges of EC2 that no service in the traffic uses.
            let bits = self.dice(1).next() as u32;
            if bits >> 31 == 0 {
                18 << 24 | 236 << 16 | bits & 0x0001_ffff
            } else {
                100 << 24 | 20 << 16 | bits & 0x0003_ffff
            }
        })
    }

    /// The port that it listens on for its own network.
    pub(crate) const fn port(&self) -> u16 {
        match self.role {
            Role::LoadBalancer | Role::Nat => 443,
            Role::Web => 80,
            Role::App => 8080,
            Role::Database if self.key & 0x100 == 0 => 5432,
            Role::Database => 3306,
            Role::Cache => 6379,
            Role::Worker | Role::Standby => 9092,
            Role::Bastion => 22,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn world(accounts: Vec<AccountId>) -> World {
        World::new(Seed::new(7), Region::us_west_2(), accounts)
    }

    #[test]
    fn interfaces_and_their_addresses_are_distinct() {
        let world = world(vec![AccountId::repeated(1), AccountId::repeated(2)]);
        let sites: Vec<Site> = (0..2)
            .flat_map(|account| (0..15_000).map(move |place| (account, place)))
            .map(|(account, place)| world.site(account, place))
            .collect();
        let ids: BTreeSet<String> = sites.iter().map(|site| site.interface_id()).collect();
        assert_eq!(ids.len(), sites.len());
        let addresses: BTreeSet<(u32, u32)> =
            sites.iter().map(|site| (site.account, site.address)).collect();
        assert_eq!(addresses.len(), sites.len());
        assert!(sites.iter().all(|site| site.address >> 24 == 10));
    }

    #[test]
    fn an_account_is_the_same_in_every_company() {
        let (one, two) = (AccountId::repeated(1), AccountId::repeated(2));
        let (alone, both) = (world(vec![two]), world(vec![one, two]));
        assert_eq!(alone.site(0, 77).interface_id(), both.site(1, 77).interface_id());
        assert_eq!(alone.person(0, 3), both.person(1, 3));
        assert_eq!(alone.instance(0, 1).instance_id, both.instance(1, 1).instance_id);
    }
}

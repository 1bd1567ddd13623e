//! The world of a seed: who owns what, where it stands and how it is called.
//!
//! Facts are computed from their address (account, place) and not stored, so that one worker of
//! many, or CloudTrail without a flow log, sees the same instances as everyone else.

mod names;
mod role;

use tributary_vocabulary::{AccountId, Seed};

use crate::dice::{Dice, scatter};

pub(crate) use names::{interface_id, log_stream};
pub(crate) use role::Role;

/// Interfaces that stand together in a VPC: three stacks, one in each availability zone.
const PER_VPC: u32 = 3 * role::STACK.len() as u32;

/// The world: accounts, and everything that follows from the seed.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) accounts: Vec<AccountId>,
    seed: Seed,
}

/// One network interface, as far as it does not depend on a load.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    /// Number of the account in the plan's list.
    pub(crate) account: u32,
    pub(crate) role: Role,
    /// Number of the stack (one tier of everything) in the account; peers are in the same one.
    pub(crate) stack: u32,
    /// The primary private IPv4 address.
    pub(crate) address: u32,
    /// The root of everything random about it.
    pub(crate) key: u64,
}

impl World {
    pub(crate) fn new(seed: Seed, accounts: Vec<AccountId>) -> Self {
        Self { accounts, seed: seed.child("world") }
    }

    /// The `place`-th interface of the `account`-th account.
    pub(crate) fn site(&self, account: u32, place: u32) -> Site {
        let stack_size = role::STACK.len() as u32;
        let vpc = place / PER_VPC;
        let zone = place / stack_size % 3;
        let role = role::STACK[(place % stack_size) as usize];
        // 10.x/16 for a VPC, a /24 for a tier in a zone; hosts begin where AWS lets them (.4).
        let second = (self.account_key(account).next() as u32 + vpc) & 0xff;
        let subnet = role.tier() * 16 + zone;
        let host = 4 + place % stack_size * 7 + vpc / 256;
        Site {
            account,
            role,
            stack: place / stack_size,
            address: 10 << 24 | second << 16 | subnet << 8 | (host & 0xff),
            key: scatter(self.seed.number() ^ (u64::from(account) << 32 | u64::from(place))),
        }
    }

    fn account_key(&self, account: u32) -> Dice {
        let id = self.accounts[account as usize];
        Dice::of(self.seed.child("account").child(id.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn interfaces_and_their_addresses_are_distinct() {
        let accounts = vec![AccountId::repeated(1), AccountId::repeated(2)];
        let world = World::new(Seed::new(7), accounts);
        let sites: Vec<Site> = (0..2)
            .flat_map(|account| (0..5_000).map(move |place| (account, place)))
            .map(|(account, place)| world.site(account, place))
            .collect();
        let ids: BTreeSet<String> = sites.iter().map(|site| interface_id(site.key)).collect();
        assert_eq!(ids.len(), sites.len());
        let addresses: BTreeSet<(u32, u32)> =
            sites.iter().map(|site| (site.account, site.address)).collect();
        assert_eq!(addresses.len(), sites.len());
        assert!(
            sites
                .iter()
                .all(|site| site.address >> 24 == 10 && (4..255).contains(&(site.address & 255)))
        );
    }
}

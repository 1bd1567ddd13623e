//! What exists in the world, for those who have to build it before traffic flows.

use tributary_vocabulary::{AccountId, Region, Seed};

use super::{Instance, Person, World};

/// The world of a seed, to ask what exists in it; independent of any load.
#[derive(Debug, Clone)]
pub struct Inventory(World);

/// A VPC with its subnets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VpcFacts {
    /// `vpc-` and 17 digits.
    pub vpc_id: String,
    /// A /16 of 10.0.0.0/9.
    pub cidr: String,
    /// Nine: public, private and data in three zones.
    pub subnets: Vec<SubnetFacts>,
}

/// A subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubnetFacts {
    /// `subnet-` and 17 digits.
    pub subnet_id: String,
    /// A /20 of its VPC.
    pub cidr: String,
    /// The zone's name, `us-west-2a`.
    pub availability_zone: String,
}

impl Inventory {
    /// The world of this seed, as far as these accounts own it.
    #[must_use]
    pub fn new(world_seed: Seed, region: Region, accounts: Vec<AccountId>) -> Self {
        Self(World::new(world_seed, region, accounts))
    }

    /// The VPCs of an account, three of them; none for an account that is not in the list.
    #[must_use]
    pub fn vpcs(&self, account: AccountId) -> Vec<VpcFacts> {
        self.0.number(account).map_or_else(Vec::new, |number| self.0.vpcs(number))
    }

    /// The id of an account's detector: 32 hexadecimal digits, for any account.
    #[must_use]
    pub fn detector_id(&self, account: AccountId) -> String {
        self.0.detector_id(account)
    }

    /// The people who work in an account; none for an account that is not in the list.
    #[must_use]
    pub fn people(&self, account: AccountId) -> Vec<Person> {
        let number = self.0.number(account);
        number.map_or_else(Vec::new, |number| {
            (0..World::PEOPLE).map(|nth| self.0.person(number, nth)).collect()
        })
    }

    /// The first `most` instances of an account, in the order in which loads use their
    /// interfaces.
    #[must_use]
    pub fn instances(&self, account: AccountId, most: usize) -> Vec<Instance> {
        let Some(number) = self.0.number(account) else { return Vec::new() };
        (0..)
            .filter(|&place| self.0.site(number, place).role.instance())
            .take(most)
            .map(|place| self.0.instance(number, place))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn an_account_has_three_vpcs_that_hold_its_instances() {
        let account = AccountId::repeated(3);
        let inventory = Inventory::new(Seed::new(7), Region::us_west_2(), vec![account]);
        let vpcs = inventory.vpcs(account);
        assert_eq!(vpcs.len(), 3);
        let subnets: BTreeSet<&str> = vpcs
            .iter()
            .flat_map(|vpc| vpc.subnets.iter().map(|subnet| subnet.subnet_id.as_str()))
            .collect();
        assert_eq!(subnets.len(), 27);
        let instances = inventory.instances(account, 300);
        assert_eq!(instances.len(), 300);
        assert!(instances.iter().all(|instance| subnets.contains(instance.subnet_id.as_str())));
        assert!(inventory.vpcs(AccountId::repeated(4)).is_empty());
        assert_eq!(inventory.detector_id(account).len(), 32);
        let names: BTreeSet<String> =
            inventory.people(account).into_iter().map(|person| person.name).collect();
        assert_eq!(names.len(), World::PEOPLE as usize);
    }
}

//! Instances, buckets, keys, detectors, and the organisation that has them all.

use serde::Serialize;
use tributary_vocabulary::AccountId;

use crate::dice::Dice;
use crate::text;

use super::names::resource;
use super::{Role, World};

/// An EC2 instance, and the interface that it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Instance {
    /// `i-…`.
    pub instance_id: String,
    /// `m6i.large` and the like.
    pub instance_type: &'static str,
    /// `ami-…`.
    pub image_id: String,
    /// What it is called: `web-3`.
    pub name: String,
    /// `eni-…`.
    pub interface_id: String,
    /// `vpc-…`.
    pub vpc_id: String,
    /// `subnet-…`.
    pub subnet_id: String,
    /// `sg-…`.
    pub security_group_id: String,
    /// What the group is called.
    pub security_group: String,
    /// The zone's name.
    pub availability_zone: String,
    /// The primary private address.
    pub private_address: String,
    /// The public address, if it has one.
    pub public_address: Option<String>,
    /// The name of the role in its instance profile.
    pub role_name: String,
    /// `AROA…` of that role.
    pub role_id: String,
    /// Seconds since 1970 of its launch: some days before 2026.
    pub launched_s: i64,
}

/// The organisation that all accounts of a world belong to.
#[derive(Debug, Clone)]
pub(crate) struct Organisation {
    /// `o-` and 10 letters.
    pub(crate) id: String,
    /// The name that its buckets and sessions begin with.
    pub(crate) name: &'static str,
    /// The domain of its people's addresses.
    pub(crate) domain: String,
}

const COMPANIES: [&str; 8] =
    ["northwind", "halden", "brightwater", "kestrel", "lumenfield", "oakline", "tavora", "veridia"];
const BUCKETS: [&str; 8] = [
    "app-assets",
    "access-logs",
    "backups",
    "data-lake",
    "artifacts",
    "exports",
    "uploads",
    "terraform-state",
];
const TYPES: [&str; 6] =
    ["t3.medium", "m6i.large", "m6i.xlarge", "c6i.large", "r6i.large", "m7g.large"];

impl World {
    /// Buckets of every account.
    pub(crate) const BUCKETS: u32 = BUCKETS.len() as u32;
    /// KMS keys of every account.
    pub(crate) const KMS_KEYS: u32 = 6;

    /// The instance at a place; of one that AWS runs itself, as if it were an instance.
    pub(crate) fn instance(&self, account: u32, place: u32) -> Instance {
        let site = self.site(account, place);
        let mut dice = site.dice(3);
        let kind = site.role.name();
        let group = self.dice(account, kind, site.vpc).next();
        let image = self.dice(account, "image", kind.len() as u32).next();
        let role = self.instance_role(account, site.role);
        Instance {
            instance_id: resource("i-", site.dice(2).next()),
            instance_type: dice.pick::<&str>(&TYPES),
            image_id: resource("ami-", image),
            name: format!("{kind}-{}", place + 1),
            interface_id: site.interface_id(),
            vpc_id: self.vpc_id(account, site.vpc),
            subnet_id: self.subnet_id(account, site.vpc, site.subnet()),
            security_group_id: resource("sg-", group),
            security_group: format!("{kind}-sg"),
            availability_zone: self.zone_name(site.zone),
            private_address: text::dotted(site.address),
            public_address: site.public_address().map(text::dotted),
            role_name: role.name,
            role_id: role.role_id,
            launched_s: 1_767_225_600 - i64::from(dice.between(86_400, 200 * 86_400)),
        }
    }

    /// The name of the `nth` bucket of an account; no other account has it.
    pub(crate) fn bucket(&self, account: u32, nth: u32) -> String {
        let id = self.accounts[account as usize];
        format!("{}-{}-{id}", self.organisation().name, BUCKETS[nth as usize % BUCKETS.len()])
    }

    /// The id of the `nth` KMS key of an account, a GUID.
    pub(crate) fn kms_key(&self, account: u32, nth: u32) -> String {
        guid(&mut self.dice(account, "kms", nth % Self::KMS_KEYS))
    }

    /// The id of an account's detector: 32 hexadecimal digits, for any account.
    pub(crate) fn detector_id(&self, account: AccountId) -> String {
        let mut dice = Dice::of(self.seed.child("detector").child(account.as_str()));
        let mut out = Vec::with_capacity(32);
        text::hex(&mut out, u128::from(dice.next()) << 64 | u128::from(dice.next()), 32);
        text::ascii(out)
    }

    pub(crate) fn organisation(&self) -> Organisation {
        let mut dice = Dice::of(self.seed.child("organisation"));
        let name = *dice.pick(&COMPANIES);
        let letters = b"abcdefghijklmnopqrstuvwxyz0123456789";
        let id = (0..10).map(|_| char::from(letters[dice.below(36) as usize]));
        Organisation {
            id: format!("o-{}", id.collect::<String>()),
            name,
            domain: format!("{name}.example"),
        }
    }
}

impl Role {
    /// What things of this kind are called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::LoadBalancer => "lb",
            Self::Web => "web",
            Self::App => "app",
            Self::Database => "db",
            Self::Cache => "cache",
            Self::Nat => "nat",
            Self::Bastion => "bastion",
            Self::Worker => "worker",
            Self::Standby => "standby",
        }
    }
}

/// A GUID of version 4.
pub(crate) fn guid(dice: &mut Dice) -> String {
    let bits = u128::from(dice.next()) << 64 | u128::from(dice.next());
    let bits = bits & !(0xf << 76) | 4 << 76;
    let bits = bits & !(3 << 62) | 2 << 62;
    let mut digits = Vec::with_capacity(32);
    text::hex(&mut digits, bits, 32);
    let digits = text::ascii(digits);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_are_of_version_four() {
        let guid = guid(&mut Dice::at(1, 2, 3));
        let parts: Vec<&str> = guid.split('-').collect();
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(parts[2].starts_with('4'));
        assert!(parts[3].starts_with(['8', '9', 'a', 'b']));
    }
}

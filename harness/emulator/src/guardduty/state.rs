//! All that the service holds.

use std::collections::{BTreeMap, BTreeSet};

use tributary_vocabulary::{AccountId, Region, Seed};

use super::detector::Detector;
use super::member::Invitation;
use crate::kernel::{Ids, World};

/// Where a detector lies: there is one of an account in a Region at the most.
pub(super) type Place = (AccountId, Region);

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    /// The detectors.
    pub(super) detectors: BTreeMap<Place, Detector>,
    /// Invitations that wait for an answer: by who is invited, and by who invites.
    pub(super) invitations: BTreeMap<Place, BTreeMap<AccountId, Invitation>>,
    /// The ids that detectors will have when they are made.
    reserved: BTreeMap<Place, String>,
    /// Accounts with the service-linked role.
    pub(super) linked: BTreeSet<AccountId>,
    ids: Ids,
    /// Where ids come from that shall be the same whenever they are made.
    pub(super) seed: Seed,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self {
            detectors: BTreeMap::new(),
            invitations: BTreeMap::new(),
            reserved: BTreeMap::new(),
            linked: BTreeSet::new(),
            ids: Ids::new(seed.child("ids")),
            seed: seed.child("names"),
        }
    }

    /// The next id: 32 hexadecimal digits.
    pub(super) fn id(&mut self) -> String {
        hex(&mut self.ids)
    }

    /// The next GUID, for an envelope.
    pub(super) fn uuid(&mut self) -> String {
        self.ids.uuid()
    }

    /// The id of the detector that is made here now.
    pub(super) fn detector_id(&mut self, place: &Place) -> String {
        self.reserved.get(place).cloned().unwrap_or_else(|| self.id())
    }

    /// The detector of an account.
    pub(super) fn detector(&self, account: AccountId, region: &Region) -> Option<&Detector> {
        self.detectors.get(&(account, region.clone()))
    }

    /// The same, to change it.
    pub(super) fn detector_mut(
        &mut self,
        account: AccountId,
        region: &Region,
    ) -> Option<&mut Detector> {
        self.detectors.get_mut(&(account, region.clone()))
    }
}

/// 32 hexadecimal digits.
pub(super) fn hex(ids: &mut Ids) -> String {
    format!("{:016x}{:016x}", ids.number(), ids.number())
}

/// Says which id the detector of an account will have when it is made, so that findings which are
/// generated outside can name it. Without this it has one from the world's seed.
pub fn reserve_detector_id(world: &mut World, account: AccountId, region: &Region, id: &str) {
    world.guardduty.reserved.insert((account, region.clone()), id.to_owned());
}

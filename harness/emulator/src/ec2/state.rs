//! All that the service holds.

use std::collections::BTreeMap;

use tributary_vocabulary::{AccountId, Region, Seed};

use super::place::Place;
use crate::kernel::{Caller, Ids};

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    places: BTreeMap<(AccountId, Region), Place>,
    pub(super) ids: Ids,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { places: BTreeMap::new(), ids: Ids::new(seed) }
    }

    /// What an account has in a Region, if it ever had anything there.
    pub(super) fn place(&self, account: AccountId, region: &Region) -> Option<&Place> {
        self.places.get(&(account, region.clone()))
    }

    /// What an account has in a Region.
    pub(super) fn place_mut(&mut self, account: AccountId, region: &Region) -> &mut Place {
        self.places.entry((account, region.clone())).or_default()
    }

    /// What the caller's account has in the Region that is called.
    pub(super) fn of(&mut self, caller: &Caller) -> &mut Place {
        self.place_mut(caller.account, &caller.region)
    }
}

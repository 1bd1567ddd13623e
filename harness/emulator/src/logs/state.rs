//! All that the service holds.

use std::collections::BTreeMap;

use tributary_vocabulary::{AccountId, Region, Seed};

use super::delivery::{Gzip, Lane, LaneKey};
use super::{Destination, DestinationKey, Group, GroupKey, ResourcePolicies};
use crate::kernel::Ids;

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    /// Log groups, with all that lies in them.
    pub(crate) groups: BTreeMap<GroupKey, Group>,
    /// Destinations.
    pub(crate) destinations: BTreeMap<DestinationKey, Destination>,
    /// Account-wide resource policies.
    pub(crate) resource_policies: BTreeMap<(AccountId, Region), ResourcePolicies>,
    /// What is on its way.
    pub(crate) lanes: BTreeMap<LaneKey, Lane>,
    /// Numbers of batches, tokens, keys.
    pub(crate) ids: Ids,
    /// How long deliveries take.
    pub(crate) delays: Ids,
    gzip: Option<Gzip>,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self {
            groups: BTreeMap::new(),
            destinations: BTreeMap::new(),
            resource_policies: BTreeMap::new(),
            lanes: BTreeMap::new(),
            ids: Ids::new(seed.child("ids")),
            delays: Ids::new(seed.child("delays")),
            gzip: None,
        }
    }

    /// The compressor of envelopes.
    pub(crate) fn gzip(&mut self, level: u32) -> &mut Gzip {
        self.gzip.get_or_insert_with(|| Gzip::new(level))
    }

    /// A sequence token as PutLogEvents answers it: 56 digits.
    pub(crate) fn sequence_token(&mut self) -> String {
        format!("49{}", self.ids.text(b"0123456789", 54))
    }
}

//! All that the service holds.

use std::collections::BTreeMap;

use tributary_vocabulary::Seed;

use super::bus::{Bus, BusKey};
use super::deliver::Waiting;
use super::statistics::RuleStatistics;
use crate::kernel::{Ids, World};
use crate::policy::NamedPolicy;

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    /// Event buses; the default one of an account appears when it is first used.
    pub(super) buses: BTreeMap<BusKey, Bus>,
    /// What each rule did, by its ARN.
    pub(super) statistics: BTreeMap<String, RuleStatistics>,
    /// Deliveries that wait for their next attempt.
    pub(super) waiting: BTreeMap<u64, Waiting>,
    /// The number of the next such delivery.
    pub(super) next_waiting: u64,
    /// Ids of events.
    pub(super) ids: Ids,
    /// Where the names of log streams come from.
    pub(super) streams: Seed,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self {
            buses: BTreeMap::new(),
            statistics: BTreeMap::new(),
            waiting: BTreeMap::new(),
            next_waiting: 0,
            ids: Ids::new(seed.child("ids")),
            streams: seed.child("log streams"),
        }
    }
}

/// The policy of an event bus.
pub(crate) fn resource_policy(world: &World, resource: &str) -> Option<NamedPolicy> {
    world.events.buses.get(&BusKey::from_arn(resource)?)?.policy.clone()
}

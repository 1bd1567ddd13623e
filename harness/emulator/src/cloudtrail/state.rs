//! All that the service holds, and its deadlines.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, Region, Seed};

use super::delivery::{self, Packer};
use super::history::History;
use super::signing::Signer;
use super::trail::{Trail, TrailKey};
use crate::kernel::{Ids, World};

/// What is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Timer {
    /// The log file of a trail's records of one Region is to be written.
    File {
        /// The trail.
        trail: TrailKey,
        /// Which trail of this name.
        generation: u64,
        /// The Region of the records.
        region: Region,
        /// Which of its files; one that was written meanwhile is ignored.
        file: u64,
    },
    /// The digest files of a trail are to be written.
    Digest {
        /// The trail.
        trail: TrailKey,
        /// Which trail of this name.
        generation: u64,
    },
}

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    /// All trails; those of one account lie together.
    pub(super) trails: BTreeMap<TrailKey, Trail>,
    pub(super) history: History,
    /// The ends of the names of log files.
    pub(super) file_ids: Ids,
    pub(super) packer: Packer,
    signer: Option<Arc<Signer>>,
    generation: u64,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self {
            trails: BTreeMap::new(),
            history: History::default(),
            file_ids: Ids::new(seed.child("files")),
            packer: Packer::default(),
            signer: None,
            generation: 0,
        }
    }

    /// A number that nothing had before.
    pub(super) fn next_generation(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }

    /// The trails of an account, by home Region and name.
    pub(super) fn trails_of(&self, account: AccountId) -> impl Iterator<Item = &Trail> {
        // No Region's name lies before `a-a-0`, the first that has the shape of one.
        let first = "a-a-0".parse::<Region>().map(|region| TrailKey::new(account, &region, ""));
        let from = first.map_or(Bound::Unbounded, Bound::Included);
        self.trails
            .range((from, Bound::Unbounded))
            .map(|(_, trail)| trail)
            .take_while(move |trail| trail.key.account == account)
    }

    /// The signer of digest files, made when it is first needed.
    pub(super) fn signer(&mut self) -> Arc<Signer> {
        Arc::clone(self.signer.get_or_insert_with(|| Arc::new(Signer::new())))
    }
}

pub(crate) fn on_timer(world: &mut World, timer: Timer) {
    match timer {
        Timer::File { trail, generation, region, file } => {
            let found = world.cloudtrail.trails.get(&trail);
            if found.is_some_and(|found| {
                let lane = found.lanes.get(&region);
                found.generation == generation && lane.is_some_and(|lane| lane.files == file)
            }) {
                delivery::write_file(world, &trail, &region);
            }
        }
        Timer::Digest { trail, generation } => {
            let found = world.cloudtrail.trails.get(&trail);
            if found.is_some_and(|found| found.generation == generation) {
                delivery::write_digests(world, &trail);
            }
        }
    }
}

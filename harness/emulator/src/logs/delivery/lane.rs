//! Lanes: what is on its way from one log stream by one filter, first in, first out.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use tributary_vocabulary::Timestamp;

use super::pack::unpack;
use super::send::{Outcome, send};
use crate::kernel::{Timer as AnyTimer, World};
use crate::logs::{Batch, Envelope, GroupKey, Timer};

/// Names a lane; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LaneKey {
    /// The log group.
    pub group: GroupKey,
    /// The subscription filter.
    pub filter: Arc<str>,
    /// The log stream.
    pub stream: Arc<str>,
}

/// Which events of a batch a filter chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picks {
    /// All of them.
    All,
    /// Those of these indices, rising.
    Some(Box<[u32]>),
}

impl Picks {
    /// How many events of a batch of `len` they are.
    #[must_use]
    pub fn count(&self, len: usize) -> usize {
        match self {
            Self::All => len,
            Self::Some(picked) => picked.len(),
        }
    }

    /// Their indices in a batch of `len`.
    pub fn indices(&self, len: usize) -> impl Iterator<Item = usize> {
        let (all, some) = match self {
            Self::All => (0..len, [].iter()),
            Self::Some(picked) => (0..0, picked.iter()),
        };
        all.chain(some.map(|&index| index as usize))
    }
}

/// What is on its way. It lies in the outbox as long as it holds something, and has one deadline.
#[derive(Debug, Default)]
pub struct Lane {
    /// Envelopes that are packed and not yet delivered.
    pub(super) packed: VecDeque<Parcel>,
    /// Chosen events that are not yet packed.
    pub(super) waiting: VecDeque<Waiting>,
}

/// Chosen events of one PutLogEvents call.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) due: Timestamp,
    pub(super) batch: Arc<Batch>,
    pub(super) picks: Picks,
}

/// A packed envelope.
#[derive(Debug)]
pub(super) struct Parcel {
    pub(super) envelope: Envelope,
    pub(super) data: Bytes,
    pub(super) accepted: Timestamp,
    pub(super) partition_key: Option<String>,
    pub(super) attempts: u32,
}

impl Lane {
    /// How many envelopes are on their way.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.packed.len() + self.waiting.len()
    }
}

/// Puts chosen events on their way: they leave after a delay, and not before those ahead of them.
pub(crate) fn enqueue(world: &mut World, key: LaneKey, batch: Arc<Batch>, picks: Picks) {
    let settings = &world.settings.logs;
    let (least, most) = (settings.delivery_delay_min_ms, settings.delivery_delay_max_ms);
    let delay = world.logs.delays.between(least.max(0), most.max(0));
    let due = world.now.plus_ms(delay);
    let lane = world.logs.lanes.entry(key.clone()).or_default();
    let idle = lane.pending() == 0;
    let due = lane.waiting.back().map_or(due, |ahead| due.max(ahead.due));
    lane.waiting.push_back(Waiting { due, batch, picks });
    if idle {
        world.set_timer(due, AnyTimer::Logs(Timer::Deliver { lane: key }));
    }
}

/// Delivers what is due on a lane; it stays in the outbox while something is left on it.
pub(crate) fn on_due(world: &mut World, key: LaneKey) {
    let Some(mut lane) = world.logs.lanes.remove(&key) else { return };
    let next = drain(world, &key, &mut lane);
    let Some(next) = next else { return };
    world.logs.lanes.insert(key.clone(), lane);
    world.set_timer(next, AnyTimer::Logs(Timer::Deliver { lane: key }));
}

/// When the lane wants to be looked at again; `None` when it is empty.
fn drain(world: &mut World, key: &LaneKey, lane: &mut Lane) -> Option<Timestamp> {
    loop {
        if let Some(parcel) = lane.packed.front_mut() {
            match send(world, key, parcel) {
                Outcome::Done => drop(lane.packed.pop_front()),
                Outcome::Again(at) => return Some(at),
            }
            continue;
        }
        let ahead = lane.waiting.front()?;
        if ahead.due > world.now {
            return Some(ahead.due);
        }
        let waiting = lane.waiting.pop_front()?;
        lane.packed = unpack(world, key, &waiting);
    }
}

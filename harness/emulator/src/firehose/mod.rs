//! Data Firehose: delivery streams, from a Kinesis data stream or direct puts through a Lambda
//! function into OpenSearch or S3.
//!
//! A delivery stream has a `lane` for each shard of its source: a small state machine with its
//! own reader, buffers and retries. Nothing polls: what is due is a deadline, and a drained reader
//! is woken by the next put on its shard.

pub mod aggregate;
pub mod config;
mod doors;
mod hop;
mod lane;
pub mod name;
mod open;
pub mod ops;
pub mod record;
mod settings;
mod stream;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod view;
pub mod wire;

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_vocabulary::{Seed, Timestamp};

use crate::kernel::{InvokeOutcome, World};

pub use lane::LaneId;
pub use ops::OPERATIONS;
pub use settings::{Settings, WeekNumbers};
pub use stream::{Blocked, DeliveryStream, Status, StreamId};
pub use view::{FirehoseBlocked, FirehosePending, FirehoseStatistics};

/// What is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Timer {
    /// A stream becomes ACTIVE.
    Active {
        /// The stream.
        stream: StreamId,
    },
    /// A stream that is being deleted is gone.
    Deleted {
        /// The stream.
        stream: StreamId,
    },
    /// The shards of a stream's source are listed again.
    Discover {
        /// The stream.
        stream: StreamId,
    },
    /// Something is due in a lane.
    Lane {
        /// The lane.
        lane: LaneId,
        /// When it was set for.
        at: Timestamp,
    },
}

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    seed: Seed,
    streams: BTreeMap<StreamId, DeliveryStream>,
    by_arn: BTreeMap<String, StreamId>,
    lanes: Vec<Option<Box<lane::Lane>>>,
    /// The lanes that read a shard, by source stream and shard.
    readers: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Vec<LaneId>>>,
    next_stream: StreamId,
    next_ticket: u64,
    #[cfg(test)]
    fake: Option<testing::Fake>,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self {
            seed,
            streams: BTreeMap::new(),
            by_arn: BTreeMap::new(),
            lanes: Vec::new(),
            readers: BTreeMap::new(),
            next_stream: 1,
            next_ticket: 1,
            #[cfg(test)]
            fake: None,
        }
    }

    /// Counts something of a stream.
    fn count(&mut self, stream: StreamId, what: impl FnOnce(&mut FirehoseStatistics)) {
        if let Some(stream) = self.streams.get_mut(&stream) {
            what(&mut stream.statistics);
        }
    }

    fn next_ticket(&mut self) -> u64 {
        self.next_ticket += 1;
        self.next_ticket
    }
}

pub(crate) fn on_timer(world: &mut World, timer: Timer) {
    match timer {
        Timer::Active { stream } => open::activate(world, stream),
        Timer::Discover { stream } => open::discover(world, stream),
        Timer::Lane { lane, at } => lane::on_timer(world, lane, at),
        Timer::Deleted { stream } => {
            if let Some(gone) = world.firehose.streams.remove(&stream) {
                world.trace("deleted", &gone.plan.arn, &[]);
                world.firehose.by_arn.remove(&*gone.plan.arn);
            }
        }
    }
}

/// Names the processor's batch that waits for an invocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessorTicket {
    /// The lane.
    lane: LaneId,
    /// The number of the attempt.
    number: u64,
}

/// The processor's function has answered.
#[expect(clippy::needless_pass_by_value, reason = "the outcome is the lane's from here on")]
pub(crate) fn on_invoked(world: &mut World, ticket: ProcessorTicket, outcome: InvokeOutcome) {
    lane::on_invoked(world, ticket.lane, ticket.number, &outcome);
}

/// A record lies on a shard: whoever has read that shard to its end reads at its next second.
///
/// A shard that nobody knows is the child of one that was closed: then all sleeping readers of the
/// stream look, since a closed shard is not written to any more.
pub(crate) fn on_stream_written(world: &mut World, stream_arn: &str, shard_id: &str) {
    let Some(readers) = world.firehose.readers.get(stream_arn) else { return };
    let lanes: Vec<LaneId> = match readers.get(shard_id) {
        Some(lanes) => lanes.clone(),
        None => readers.values().flatten().copied().collect(),
    };
    for lane in lanes {
        lane::wake(world, lane);
    }
}

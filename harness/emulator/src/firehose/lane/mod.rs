//! A lane: the pipeline of one shard, with its own buffers, from its source to its destination.
//!
//! Delivery and backup of a shard are two lanes, each with its own reader. A lane is a small state
//! machine with one alarm: [`Lane::advance`] does all that is due, in the order of the pipeline.

mod bucket;
mod buffer;
mod given_up;
mod processor;
mod reader;
mod search;
mod search_attempt;

use std::sync::Arc;

use tributary_vocabulary::{Stage, Timestamp};

use super::config::{Outlet, Plan, S3Plan};
use super::record::{OutRecord, SourceRecord};
use super::stream::StreamId;
use crate::kernel::{Ids, InvokeOutcome, Observation, Timer as AnyTimer, World};

pub use reader::Reader;
pub(super) use reader::code_of;

use bucket::Bucket;
use processor::Processor;
use search::Search;

/// The number of a lane; never used again.
pub type LaneId = usize;

/// What a lane is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Processing and delivery.
    Delivery,
    /// The backup of all source records.
    Backup,
}

/// The pipeline of one shard.
#[derive(Debug)]
pub struct Lane {
    id: LaneId,
    stream: StreamId,
    purpose: Purpose,
    plan: Arc<Plan>,
    /// The shard; `None` for DirectPut.
    shard: Option<Arc<str>>,
    ids: Ids,
    reader: Option<Reader>,
    processor: Processor,
    search: Search,
    bucket: Bucket,
    /// When its timer goes off.
    alarm: Option<Timestamp>,
}

/// Records and bytes that a lane holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Records in a buffer, under way, or waiting for another attempt.
    pub records: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Held {
    fn plus(self, other: Self) -> Self {
        Self { records: self.records + other.records, bytes: self.bytes + other.bytes }
    }
}

/// A number of things as a counter counts them.
pub(super) fn count(number: usize) -> u64 {
    number as u64
}

impl Lane {
    /// A lane with nothing in it.
    pub(super) fn new(
        id: LaneId,
        stream: StreamId,
        purpose: Purpose,
        plan: Arc<Plan>,
        reader: Option<Reader>,
        ids: Ids,
    ) -> Self {
        Self {
            id,
            stream,
            purpose,
            plan,
            shard: reader.as_ref().map(|reader| reader.shard().clone()),
            ids,
            reader,
            processor: Processor::default(),
            search: Search::default(),
            bucket: Bucket::default(),
            alarm: None,
        }
    }

    /// What the lane holds.
    #[must_use]
    pub fn held(&self) -> Held {
        self.processor.held().plus(self.search.held()).plus(self.bucket.held())
    }

    /// Whether it may still read something.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.reader.as_ref().is_some_and(Reader::is_reading)
    }

    /// Whether it is the lane of the backup.
    #[must_use]
    pub fn is_backup(&self) -> bool {
        self.purpose == Purpose::Backup
    }

    /// Why its source cannot be read at present.
    #[must_use]
    pub fn blocked(&self) -> Option<&super::stream::Blocked> {
        self.reader.as_ref().and_then(Reader::blocked)
    }

    /// The bucket that data goes to, when it goes to one.
    fn data_bucket(&self) -> Option<&Arc<S3Plan>> {
        match (self.purpose, &self.plan.outlet) {
            (Purpose::Backup, _) => self.plan.backup.as_ref(),
            (Purpose::Delivery, Outlet::S3(plan)) => Some(plan),
            (Purpose::Delivery, Outlet::Search(_)) => None,
        }
    }

    /// Puts records in at the front: what was read, or put directly.
    fn ingest(&mut self, world: &mut World, records: Vec<SourceRecord>) {
        let bytes: u64 = records.iter().map(|record| count(record.data.len())).sum();
        let read = count(records.len());
        if self.purpose == Purpose::Delivery {
            world.firehose.count(self.stream, |statistics| {
                statistics.ingested += read;
                statistics.ingested_bytes += bytes;
            });
        }
        for record in records {
            world.trace("ingest", &self.plan.arn, &record.data);
            if self.purpose == Purpose::Backup {
                self.deliver(world, OutRecord { origin: record.origin, data: record.data });
                continue;
            }
            world.observe(&Observation::Ingested {
                delivery_stream_arn: &self.plan.arn,
                data: &record.data,
            });
            if self.plan.processor.is_some() {
                self.processor.push(world.now(), &self.plan, record, self.shard.as_deref());
            } else {
                self.deliver(world, OutRecord { origin: record.origin, data: record.data });
            }
        }
    }

    /// Puts a record in at the destination's buffer.
    fn deliver(&mut self, world: &World, record: OutRecord) {
        if let Some(bucket) = self.data_bucket().cloned() {
            self.bucket.push(world.now(), &self.plan, &bucket, record);
        } else if let Outlet::Search(search) = &self.plan.outlet {
            self.search.push(world.now(), &self.plan, search, record);
        }
    }

    /// Does all that is due.
    fn advance(&mut self, world: &mut World) {
        self.read(world);
        loop {
            let written = self.advance_bucket(world);
            let indexed = self.advance_search(world);
            let processed = self.advance_processor(world);
            if !(written || indexed || processed) {
                break;
            }
        }
        self.resume_reading(world);
    }

    /// When something is due.
    fn next_deadline(&self) -> Option<Timestamp> {
        [
            self.reader.as_ref().and_then(Reader::deadline),
            self.processor.deadline(&self.plan),
            self.search.deadline(&self.plan),
            self.bucket.deadline(self.data_bucket()),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Sets its timer, unless one goes off early enough.
    fn set_alarm(&mut self, world: &mut World) {
        let Some(at) = self.next_deadline().map(|at| at.max(world.now())) else { return };
        if self.alarm.is_none_or(|alarm| at < alarm) {
            self.alarm = Some(at);
            let timer = super::Timer::Lane { lane: self.id, at };
            world.set_timer(at, AnyTimer::Firehose(timer));
        }
    }

    /// Takes over a changed configuration: what waits already is sent by the one it came under.
    fn change_plan(&mut self, plan: Arc<Plan>) {
        self.processor.seal(&self.plan);
        self.search.seal(&self.plan);
        if let Some(bucket) = self.data_bucket().cloned() {
            self.bucket.seal(&self.plan, &bucket);
        }
        self.plan = plan;
    }
}

/// Lets a lane do `what`, then all that is due; a lane that is gone does nothing.
fn with_lane(world: &mut World, id: LaneId, what: impl FnOnce(&mut Lane, &mut World)) {
    let Some(mut lane) = world.firehose.lanes.get_mut(id).and_then(Option::take) else { return };
    what(&mut lane, world);
    lane.advance(world);
    lane.set_alarm(world);
    let (stream, ended) = (lane.stream, lane.reader.as_mut().is_some_and(Reader::take_ended));
    if let Some(slot) = world.firehose.lanes.get_mut(id) {
        *slot = Some(lane);
    }
    if ended {
        super::open::discover(world, stream);
    }
}

/// A lane's timer went off.
pub(super) fn on_timer(world: &mut World, id: LaneId, at: Timestamp) {
    with_lane(world, id, |lane, _| {
        if lane.alarm == Some(at) {
            lane.alarm = None;
        }
    });
}

/// A lane begins.
pub(super) fn start(world: &mut World, id: LaneId) {
    with_lane(world, id, |_, _| {});
}

/// Its shard was written to: it reads at its next second.
pub(super) fn wake(world: &mut World, id: LaneId) {
    let now = world.now();
    let Some(Some(lane)) = world.firehose.lanes.get_mut(id) else { return };
    let Some(reader) = &mut lane.reader else { return };
    if !reader.wake(now) {
        return;
    }
    // The timer is set here, without the rest of a lane's work: this happens on every put.
    with_lane(world, id, |_, _| {});
}

/// Records were put directly.
pub(super) fn put(world: &mut World, id: LaneId, records: Vec<SourceRecord>) {
    with_lane(world, id, |lane, world| {
        let records =
            if lane.purpose == Purpose::Delivery { pass_firehose(world, records) } else { records };
        lane.ingest(world, records);
    });
}

/// Its processor's function has answered.
pub(super) fn on_invoked(world: &mut World, id: LaneId, number: u64, outcome: &InvokeOutcome) {
    with_lane(world, id, |lane, world| lane.answered(world, number, outcome));
}

/// Its stream's configuration has changed.
pub(super) fn change(world: &mut World, id: LaneId, plan: Arc<Plan>) {
    with_lane(world, id, |lane, _| lane.change_plan(plan));
}

/// Lets records pass the faults of [`Stage::Firehose`]; copies are numbered as parts of their own.
fn pass_firehose(world: &mut World, records: Vec<SourceRecord>) -> Vec<SourceRecord> {
    if !world.tampers(Stage::Firehose) {
        return records;
    }
    let mut passed: Vec<SourceRecord> = Vec::with_capacity(records.len());
    for record in records {
        for data in world.pass_record(Stage::Firehose, record.data.clone()) {
            let mut origin = record.origin.clone();
            // Parts of one source record follow each other, so the last one's number is enough.
            if let Some(last) = passed.last().filter(|last| last.origin.sequence == origin.sequence)
            {
                origin.sub = origin.sub.max(last.origin.sub + 1);
            }
            passed.push(SourceRecord { origin, data, partition_key: record.partition_key.clone() });
        }
    }
    passed
}

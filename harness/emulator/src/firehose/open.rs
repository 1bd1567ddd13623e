//! How a delivery stream begins to read: a pair of lanes for each shard of its source.

use std::sync::Arc;

use tributary_vocabulary::SECOND_MS;

use super::Timer;
use super::config::Plan;
use super::hop;
use super::lane::{self, Lane, LaneId, Purpose, Reader};
use super::stream::{Blocked, Status, StreamId};
use crate::kernel::{Ids, ServiceError, Timer as AnyTimer, World};
use crate::kinesis::reader::{self as source, StartAt};

/// The name of DirectPut's only lane.
const DIRECT: &str = "direct";

/// A stream becomes ACTIVE.
pub(super) fn activate(world: &mut World, id: StreamId) {
    let Some(stream) = world.firehose.streams.get_mut(&id) else { return };
    if stream.status != Status::Creating {
        return;
    }
    stream.status = Status::Active;
    let (arn, direct) = (stream.plan.arn.clone(), stream.plan.source.is_none());
    world.trace("active", &arn, &[]);
    if direct {
        begin(world, id, Arc::from(DIRECT), None);
    } else {
        discover(world, id);
    }
}

/// Begins to read the shards that are not read yet; when they cannot be listed, tries again
/// without end.
pub(super) fn discover(world: &mut World, id: StreamId) {
    let Some(stream) = world.firehose.streams.get_mut(&id) else { return };
    if stream.status != Status::Active {
        return;
    }
    let plan = stream.plan.clone();
    let first = stream.lanes.is_empty();
    match shards(world, &plan) {
        Ok(shards) => {
            if let Some(stream) = world.firehose.streams.get_mut(&id) {
                stream.blocked = None;
            }
            for shard in shards {
                let shard: Arc<str> = Arc::from(shard);
                let known = world
                    .firehose
                    .streams
                    .get(&id)
                    .is_some_and(|stream| stream.lanes.contains_key(&shard));
                if !known {
                    // Shards that come later are children: they are read from their beginning.
                    let start = match plan.source.as_ref().filter(|_| first) {
                        Some(source) => StartAt::AtTimestamp(source.start),
                        None => StartAt::TrimHorizon,
                    };
                    begin(world, id, shard, Some(start));
                }
            }
        }
        Err(error) => not_listed(world, id, &error),
    }
}

fn shards(world: &mut World, plan: &Plan) -> Result<Vec<String>, ServiceError> {
    let Some(from) = &plan.source else { return Ok(Vec::new()) };
    let caller = hop::assume(world, plan, &from.role_arn)?;
    source::shards(world, &caller, &from.stream_arn)
}

fn not_listed(world: &mut World, id: StreamId, error: &ServiceError) {
    let Some(stream) = world.firehose.streams.get_mut(&id) else { return };
    let attempts = stream.blocked.as_ref().map_or(0, |blocked| blocked.attempts) + 1;
    let (code, message) = (lane::code_of(error), error.message.clone());
    stream.blocked = Some(Blocked { code, message, attempts });
    let wait = world.settings.firehose.backoff_ms(SECOND_MS, attempts);
    let at = world.now().plus_ms(wait);
    world.set_timer(at, AnyTimer::Firehose(Timer::Discover { stream: id }));
}

/// The lanes of a shard: delivery, and the backup where there is one.
fn begin(world: &mut World, id: StreamId, shard: Arc<str>, start: Option<StartAt>) {
    let now = world.now();
    let Some(stream) = world.firehose.streams.get_mut(&id) else { return };
    let plan = stream.plan.clone();
    let mut purposes = vec![Purpose::Delivery];
    if plan.backup.is_some() {
        purposes.push(Purpose::Backup);
    }
    let mut lanes: Vec<LaneId> = Vec::new();
    for purpose in purposes {
        let lane = world.firehose.lanes.len();
        let reader = start.map(|start| Reader::new(shard.clone(), start, now));
        let seed = world.firehose.seed.child(&plan.arn).child(&shard);
        let seed = seed.numbered(id).numbered(purpose as u64);
        let ids = Ids::new(seed);
        let made = Lane::new(lane, id, purpose, plan.clone(), reader, ids);
        world.firehose.lanes.push(Some(Box::new(made)));
        lanes.push(lane);
    }
    if let Some(source) = &plan.source {
        let readers = world.firehose.readers.entry(source.stream_arn.clone()).or_default();
        readers.entry(shard.clone()).or_default().extend(&lanes);
    }
    if let Some(stream) = world.firehose.streams.get_mut(&id) {
        stream.lanes.insert(shard, lanes.clone());
    }
    for lane in lanes {
        lane::start(world, lane);
    }
}

/// Takes the lanes of a stream away, with all that they hold.
pub(super) fn close(world: &mut World, id: StreamId) {
    let Some(stream) = world.firehose.streams.get_mut(&id) else { return };
    let lanes = std::mem::take(&mut stream.lanes);
    let plan = stream.plan.clone();
    for lane in lanes.values().flatten() {
        if let Some(slot) = world.firehose.lanes.get_mut(*lane) {
            *slot = None;
        }
    }
    let Some(source) = &plan.source else { return };
    let Some(readers) = world.firehose.readers.get_mut(&source.stream_arn) else { return };
    for (shard, gone) in &lanes {
        if let Some(kept) = readers.get_mut(shard) {
            kept.retain(|lane| !gone.contains(lane));
        }
    }
    readers.retain(|_, lanes| !lanes.is_empty());
    if readers.is_empty() {
        world.firehose.readers.remove(&source.stream_arn);
    }
}

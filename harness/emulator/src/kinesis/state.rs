//! All streams, and the deadlines of their changes.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, Region, Seed, Timestamp};

use super::seal::Seal;
use super::stream::{Change, Mode, Status, Stream};
use super::target::Target;
use crate::kernel::{Access, ArnParts, Caller, ServiceError, Timer as AnyTimer, World};
use crate::policy::NamedPolicy;

/// What is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Timer {
    /// The delay of a stream's change is over.
    Settled {
        /// The ARN of the stream.
        arn: Arc<str>,
        /// Which change; a stream that has begun another ignores it.
        generation: u64,
    },
}

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    /// Streams by their ARN, so those of one account and Region lie together in order of name.
    pub(super) streams: BTreeMap<Arc<str>, Stream>,
    pub(super) seal: Seal,
    generation: u64,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { streams: BTreeMap::new(), seal: Seal::new(seed.child("tokens")), generation: 0 }
    }

    /// The stream, whatever its status.
    pub(super) fn stream(&self, target: &Target) -> Result<&Stream, ServiceError> {
        self.streams.get(target.arn.as_str()).ok_or_else(|| target.not_found())
    }

    /// The stream, whatever its status.
    pub(super) fn stream_mut(&mut self, target: &Target) -> Result<&mut Stream, ServiceError> {
        self.streams.get_mut(target.arn.as_str()).ok_or_else(|| target.not_found())
    }

    /// The stream when it carries data: ACTIVE or UPDATING.
    ///
    /// For CREATING and DELETING it is not known which error AWS gives; it is not found here.
    pub(super) fn carrying_mut(&mut self, target: &Target) -> Result<&mut Stream, ServiceError> {
        self.stream_mut(target)
            .ok()
            .filter(|stream| matches!(stream.status, Status::Active | Status::Updating))
            .ok_or_else(|| target.not_found())
    }

    /// The streams of an account in a Region, in order of name.
    pub(super) fn streams_of(
        &self,
        account: AccountId,
        region: &Region,
    ) -> impl Iterator<Item = &Stream> {
        let prefix = crate::kernel::arn("kinesis", region, account, "stream/");
        self.streams
            .range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded))
            .take_while(move |(arn, _)| arn.starts_with(&prefix))
            .map(|(_, stream)| stream)
    }

    /// The open shards of the provisioned streams of an account in a Region, those about to open
    /// included: what the shard quota counts.
    pub(super) fn shards_of(&self, account: AccountId, region: &Region) -> u32 {
        self.streams_of(account, region)
            .filter(|stream| stream.mode == Mode::Provisioned && stream.status != Status::Deleting)
            .map(|stream| match stream.pending {
                Some(Change::Open { shards } | Change::Resize { shards }) => shards,
                Some(Change::Split { .. }) => stream.shards.open_count() + 1,
                _ => stream.shards.open_count(),
            })
            .sum()
    }

    /// The on-demand streams of an account in a Region.
    pub(super) fn on_demand_of(&self, account: AccountId, region: &Region) -> usize {
        self.streams_of(account, region).filter(|stream| stream.mode == Mode::OnDemand).count()
    }
}

/// Begins a change of a stream that comes true after `delay_ms`; until then it has this status.
pub(super) fn begin(world: &mut World, arn: &str, status: Status, change: Change, delay_ms: i64) {
    world.kinesis.generation += 1;
    let generation = world.kinesis.generation;
    let Some(stream) = world.kinesis.streams.get_mut(arn) else { return };
    stream.status = status;
    stream.pending = Some(change);
    stream.generation = generation;
    let arn = Arc::clone(&stream.arn);
    let at = world.now.plus_ms(delay_ms.max(0));
    world.trace("kinesis.change", &arn, format!("{change:?}").as_bytes());
    world.set_timer(at, AnyTimer::Kinesis(Timer::Settled { arn, generation }));
}

pub(crate) fn on_timer(world: &mut World, timer: Timer) {
    let Timer::Settled { arn, generation } = timer;
    let now = world.now;
    let Some(stream) = world.kinesis.streams.get_mut(&arn) else { return };
    if stream.generation != generation {
        return;
    }
    if !stream.settle(now) {
        world.kinesis.streams.remove(&arn);
    }
    world.trace("kinesis.settled", &arn, b"");
}

pub(crate) fn resource_policy(world: &World, resource: &str) -> Option<NamedPolicy> {
    // A consumer's ARN has the stream's in front; its policy would be its own, and it has none.
    let resource_of = ArnParts::split(resource)?.resource;
    if resource_of.contains("/consumer/") {
        return None;
    }
    world.kinesis.streams.get(resource)?.policy.clone()
}

/// Refuses a change of a stream that may happen only `most` times in 24 hours; it counts when not.
pub(super) fn once_more_today(
    times: &mut std::collections::VecDeque<Timestamp>,
    now: Timestamp,
    most: usize,
    what: &str,
) -> Result<(), ServiceError> {
    while times.front().is_some_and(|at| now.ms_since(*at) >= 24 * tributary_vocabulary::HOUR_MS) {
        times.pop_front();
    }
    if times.len() >= most {
        return Err(ServiceError::client(
            "LimitExceededException",
            format!("{what} can be called at most {most} times in 24 hours for one stream."),
        ));
    }
    times.push_back(now);
    Ok(())
}

/// Authorises `action` on the stream that is named.
pub(super) fn authorize(
    world: &mut World,
    caller: &Caller,
    action: &str,
    target: &Target,
) -> Result<(), ServiceError> {
    world.authorize(caller, Access::to(action, &target.arn))
}

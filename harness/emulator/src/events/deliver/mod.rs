//! From a matched event to a target.

mod bus;
mod log_group;
mod streams;

use bytes::Bytes;
use tributary_vocabulary::Timestamp;

use super::bus::BusKey;
use super::rule::Rule;
use super::target::{Kind, Target};
use crate::kernel::{Caller, ServiceError, Timer as AnyTimer, World};
use crate::lambda::{self, InvokeOwner};

/// The principal as which EventBridge acts.
pub(super) const SERVICE: &str = "events.amazonaws.com";

/// What is on its way to one target.
#[derive(Debug, Clone)]
pub(super) struct Parcel {
    /// The text for the target.
    pub(super) text: String,
    /// Whether the text is no longer the event's own.
    pub(super) is_made: bool,
    /// What decides about a shard.
    pub(super) partition_key: String,
    /// When the event happened.
    pub(super) at: Timestamp,
    /// From how many other buses it came.
    pub(super) hops: u32,
}

/// A delivery that was refused for a limit and is repeated.
#[derive(Debug)]
pub(super) struct Waiting {
    bus: BusKey,
    rule: String,
    target: String,
    parcel: Parcel,
    since: Timestamp,
    attempts: i64,
}

/// What became of a delivery.
#[derive(Debug)]
pub(super) enum Fate {
    /// The target has it.
    Arrived,
    /// It is tried again later.
    Later,
    /// It was given up.
    Failed(ServiceError),
}

/// Delivers for the first time.
pub(super) fn deliver(
    world: &mut World,
    bus: &BusKey,
    rule: &Rule,
    target: &Target,
    parcel: Parcel,
) -> Fate {
    world.events.statistics.entry(rule.arn.clone()).or_default().invocations += 1;
    let since = world.now;
    let waiting = |parcel: Parcel| Waiting {
        bus: bus.clone(),
        rule: rule.name.clone(),
        target: target.given.id.clone().unwrap_or_default(),
        parcel,
        since,
        attempts: 0,
    };
    match attempt(world, bus, rule, target, &parcel) {
        Ok(()) => Fate::Arrived,
        Err(error) if is_throttling(&error) && target.retries().0 > 0 => {
            wait(world, rule, waiting(parcel));
            Fate::Later
        }
        Err(error) => Fate::Failed(give_up(world, rule, error)),
    }
}

/// A repetition is due.
pub(super) fn again(world: &mut World, number: u64) {
    let Some(mut waiting) = world.events.waiting.remove(&number) else { return };
    let found = world.bus_mut(&waiting.bus).ok().and_then(|bus| {
        let rule = bus.rules.get(&waiting.rule)?;
        Some((rule.clone(), rule.targets.get(&waiting.target)?.clone()))
    });
    let Some((rule, target)) = found else { return };
    waiting.attempts += 1;
    let (most, age_ms) = target.retries();
    match attempt(world, &waiting.bus, &rule, &target, &waiting.parcel) {
        Ok(()) => {}
        Err(error)
            if is_throttling(&error)
                && waiting.attempts < most
                && world.now.ms_since(waiting.since) < age_ms =>
        {
            wait(world, &rule, waiting);
        }
        Err(error) => {
            give_up(world, &rule, error);
        }
    }
}

fn wait(world: &mut World, rule: &Rule, waiting: Waiting) {
    world.events.statistics.entry(rule.arn.clone()).or_default().throttled += 1;
    let settings = &world.settings.events;
    let doublings = u32::try_from(waiting.attempts.clamp(0, 30)).unwrap_or(0);
    let pause = settings.retry_first_ms.saturating_mul(1 << doublings).min(settings.retry_max_ms);
    let number = world.events.next_waiting;
    world.events.next_waiting += 1;
    world.events.waiting.insert(number, waiting);
    let at = world.now.plus_ms(pause);
    world.set_timer(at, AnyTimer::Events(super::Timer::Again { number }));
}

fn give_up(world: &mut World, rule: &Rule, error: ServiceError) -> ServiceError {
    world.events.statistics.entry(rule.arn.clone()).or_default().failed += 1;
    world.trace("events.failed", &rule.arn, error.message.as_bytes());
    error
}

/// Whether it helps to try again: limits pass, refusals and missing resources do not.
fn is_throttling(error: &ServiceError) -> bool {
    error.status >= 500
        || error.status == 429
        || matches!(
            error.code.as_ref(),
            "ProvisionedThroughputExceededException"
                | "ThrottlingException"
                | "LimitExceededException"
        )
}

fn attempt(
    world: &mut World,
    bus: &BusKey,
    rule: &Rule,
    target: &Target,
    parcel: &Parcel,
) -> Result<(), ServiceError> {
    match &target.kind {
        Kind::LogGroup(group) => log_group::put(world, rule, group, parcel),
        Kind::Kinesis(_) => streams::kinesis(world, bus, rule, target, parcel),
        Kind::Firehose(name) => streams::firehose(world, bus, rule, target, name, parcel),
        Kind::Lambda => {
            let caller =
                Caller::service(SERVICE, bus.account, bus.region.clone(), Some(rule.arn.clone()));
            let payload = Bytes::copy_from_slice(parcel.text.as_bytes());
            lambda::invoke(world, &caller, target.arn(), payload, InvokeOwner::Nobody).map(|_| ())
        }
        Kind::Bus(other) => bus::forward(world, bus, rule, target, other, parcel),
    }
}

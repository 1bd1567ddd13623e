//! One attempt to deliver one envelope, and what follows from its outcome.

use bytes::Bytes;
use md5::{Digest, Md5};
use tributary_vocabulary::Timestamp;

use super::lane::{LaneKey, Parcel};
use super::route::{Route, Source, Target, route};
use crate::kernel::{ArnParts, Caller, Observation, ServiceError, World};
use crate::logs::error::invalid;
use crate::logs::{Disabled, Distribution};
use crate::protocol::blob::Blob;
use crate::{iam, kinesis};

/// Who takes on the roles. Trust policies may name the Region's form of it as well.
const SERVICE: &str = "logs.amazonaws.com";

/// What came of an attempt.
pub(super) enum Outcome {
    /// The envelope is delivered or given up.
    Done,
    /// It is tried again at this time.
    Again(Timestamp),
}

/// Tries to deliver an envelope.
pub(super) fn send(world: &mut World, key: &LaneKey, parcel: &mut Parcel) -> Outcome {
    if let Some(disabled) = disabled(world, key) {
        let cause = &disabled.cause.message;
        let message = format!("the subscription filter rests after a refusal: {cause}");
        give_up(world, key, parcel, &disabled.cause.code, &message);
        return Outcome::Done;
    }
    let Err(error) = attempt(world, key, parcel) else { return Outcome::Done };
    parcel.attempts += 1;
    if is_retryable(&error) {
        let at = world.now.plus_ms(backoff_ms(world, parcel.attempts));
        if at.ms_since(parcel.accepted) <= world.settings.logs.retry_for_ms {
            return Outcome::Again(at);
        }
    } else {
        disable(world, key, &error);
    }
    give_up(world, key, parcel, &error.code, &error.message);
    Outcome::Done
}

fn attempt(world: &mut World, key: &LaneKey, parcel: &mut Parcel) -> Result<(), ServiceError> {
    let Route { target_arn, role_arn, distribution } = route(world, key)?;
    let (group, arn) = (&key.group, key.group.arn_of_all());
    let source = Source { account: group.account, region: &group.region, arn: &arn };
    let role = assume(world, &target_arn, &role_arn, &source)?;
    let partition_key = match parcel.partition_key.clone() {
        Some(partition_key) => partition_key,
        None => {
            let made = partition_key(world, key, distribution);
            parcel.partition_key = Some(made.clone());
            let Parcel { envelope, data, .. } = parcel;
            world.trace("subscribed", &key.filter, data);
            world.observe(&Observation::Subscribed { envelope, data });
            made
        }
    };
    put(world, &role, &target_arn, parcel.data.clone(), partition_key)
}

/// The role with which records go to `target_arn`.
pub(super) fn assume(
    world: &mut World,
    target_arn: &str,
    role_arn: &str,
    source: &Source<'_>,
) -> Result<Caller, ServiceError> {
    let region = ArnParts::split(target_arn)
        .and_then(|parts| parts.region.parse().ok())
        .unwrap_or_else(|| source.region.clone());
    let (account, source_arn) = (source.account, source.arn);
    iam::assume_role_for_service(world, SERVICE, role_arn, &region, account, source_arn)
}

/// Puts one record to a stream.
pub(super) fn put(
    world: &mut World,
    role: &Caller,
    target_arn: &str,
    data: Bytes,
    partition_key: String,
) -> Result<(), ServiceError> {
    match Target::of(target_arn) {
        Some(Target::Kinesis) => {
            let input = kinesis::ops::put_record::Input {
                stream_arn: Some(target_arn.to_owned()),
                data: Some(Blob(data)),
                partition_key: Some(partition_key),
                ..Default::default()
            };
            kinesis::ops::put_record::run(world, role, input).map(drop)
        }
        Some(Target::Firehose) | None => Err(invalid(format!(
            "this emulator delivers subscriptions to Kinesis data streams only, not to {target_arn}"
        ))),
    }
}

/// The partition key of a data record (cloudwatch-logs reference, delivered records).
fn partition_key(world: &mut World, key: &LaneKey, distribution: Distribution) -> String {
    match distribution {
        Distribution::ByLogStream => {
            stream_partition_key(key.group.account.as_str(), &key.group.name, &key.stream)
        }
        Distribution::Random => world.logs.ids.uuid(),
    }
}

/// The MD5 of `owner:group:stream`, in lower-case hexadecimal.
pub(super) fn stream_partition_key(owner: &str, group: &str, stream: &str) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(32);
    for byte in Md5::digest(format!("{owner}:{group}:{stream}")) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Throttling and faults of the service are tried again, refusals are not.
fn is_retryable(error: &ServiceError) -> bool {
    const THROTTLING: [&str; 4] = [
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "KMSThrottlingException",
        "LimitExceededException",
    ];
    error.status >= 500 || THROTTLING.contains(&error.code.as_ref())
}

/// The wait before the next attempt: doubled every time, and half of it drawn, so that lanes that
/// were refused together do not come again together.
fn backoff_ms(world: &mut World, attempts: u32) -> i64 {
    let settings = &world.settings.logs;
    let most = settings.retry_max_ms.max(1);
    let full = settings.retry_first_ms.max(1) << attempts.saturating_sub(1).min(16);
    let full = full.min(most);
    world.logs.delays.between(full / 2, full).max(1)
}

/// The filter's own state, while it is switched off.
fn disabled(world: &World, key: &LaneKey) -> Option<Disabled> {
    let filter = world.logs.groups.get(&key.group)?.filters.get(&key.filter)?;
    filter.disabled.clone().filter(|disabled| disabled.until > world.now)
}

fn disable(world: &mut World, key: &LaneKey, cause: &ServiceError) {
    let until = world.now.plus_ms(world.settings.logs.disabled_after_refusal_ms);
    if let Some(group) = world.logs.groups.get_mut(&key.group)
        && let Some(filter) = group.filters.get_mut(&key.filter)
    {
        filter.disabled = Some(Disabled { until, cause: cause.clone() });
    }
}

fn give_up(world: &mut World, key: &LaneKey, parcel: &Parcel, code: &str, message: &str) {
    world.trace("undelivered", &key.filter, &parcel.data);
    world.observe(&Observation::Undelivered { envelope: &parcel.envelope, code, message });
}

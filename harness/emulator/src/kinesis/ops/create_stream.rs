//! CreateStream (kinesis reference, stream lifecycle).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::StreamModeDetails;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::kinesis::state::{authorize, begin};
use crate::kinesis::stream::{Change, DEFAULT_RECORD_KIB, MAX_RECORD_KIB, Mode, Status, Stream};
use crate::kinesis::target::{check_name, invalid_argument, target};
use crate::kinesis::{quota, tags};

/// The streams of one account and Region that may be CREATING at once.
const CREATING_MAX: usize = 5;
/// The shards of a stream on demand to begin with.
const ON_DEMAND_SHARDS: u32 = 4;

/// A stream to be created.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// Its name.
    pub stream_name: Option<String>,
    /// Its shards; without them and without a mode it is on demand, with four.
    pub shard_count: Option<i64>,
    /// How its capacity is bought.
    pub stream_mode_details: Option<StreamModeDetails>,
    /// Its tags.
    pub tags: Option<BTreeMap<String, String>>,
    /// The largest record, in KiB: 1024 to 10240.
    #[serde(rename = "MaxRecordSizeInKiB")]
    pub max_record_size_in_kib: Option<i64>,
    /// Not offered here.
    pub warm_throughput_mi_bps: Option<i64>,
    /// Only `USER_PARTITION_KEY` is offered here.
    pub record_distribution_strategy: Option<String>,
}

/// Begins to create a stream: it is CREATING, and ACTIVE after a delay.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceInUseException` when it exists, `LimitExceededException` over a quota.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    validate(&input)?;
    let name = input.stream_name.as_deref().unwrap_or_default();
    let mode = mode_of(&input)?;
    let target = target(caller, Some(name), None)?;
    authorize(world, caller, "kinesis:CreateStream", &target)?;
    let new_tags = input.tags.unwrap_or_default();
    if !new_tags.is_empty() {
        world.authorize(caller, Access::to("kinesis:AddTagsToStream", &target.arn))?;
        tags::check_characters(new_tags.iter().flat_map(|(key, value)| [key, value]))?;
    }
    if world.kinesis.streams.contains_key(target.arn.as_str()) {
        return Err(ServiceError::client(
            "ResourceInUseException",
            format!("Stream {name} under account {} already exists.", target.account),
        ));
    }
    let shards = match input.shard_count {
        Some(count) => u32::try_from(count).unwrap_or(u32::MAX),
        None => ON_DEMAND_SHARDS,
    };
    check_quotas(world, caller, mode, shards)?;
    let now = world.now;
    let mut stream =
        Stream::new(&target.arn, name, caller.account, caller.region.clone(), mode, now);
    stream.record_kib = input.max_record_size_in_kib.unwrap_or(DEFAULT_RECORD_KIB);
    tags::add(&mut stream, new_tags)?;
    world.kinesis.streams.insert(stream.arn.clone(), stream);
    let delay_ms = world.settings.kinesis.create_ms;
    begin(world, &target.arn, Status::Creating, Change::Open { shards }, delay_ms);
    Ok(())
}

fn validate(input: &Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    if let Some(count) = input.shard_count {
        validation.range("shardCount", count, 1, i64::from(i32::MAX));
    }
    validation.required("streamName", input.stream_name.as_ref());
    if let Some(name) = &input.stream_name {
        check_name(&mut validation, "streamName", name);
    }
    if let Some(details) = &input.stream_mode_details {
        details.check(&mut validation);
    }
    if let Some(kib) = input.max_record_size_in_kib {
        validation.range("maxRecordSizeInKiB", kib, DEFAULT_RECORD_KIB, MAX_RECORD_KIB);
    }
    if let Some(tags) = &input.tags {
        tags::check_shape(&mut validation, tags);
    }
    validation.finish()?;
    if input.warm_throughput_mi_bps.is_some() {
        return Err(invalid_argument(
            "WarmThroughputMiBps is not offered by this emulator; leave it out.",
        ));
    }
    match input.record_distribution_strategy.as_deref() {
        None | Some("USER_PARTITION_KEY") => Ok(()),
        Some(other) => Err(invalid_argument(format!(
            "RecordDistributionStrategy {other} is not offered by this emulator; leave it out or \
             set it to USER_PARTITION_KEY."
        ))),
    }
}

/// A count of shards makes a stream provisioned; neither count nor mode puts it on demand.
fn mode_of(input: &Input) -> Result<Mode, ServiceError> {
    let given = input.stream_mode_details.as_ref().and_then(StreamModeDetails::mode);
    match (given, input.shard_count) {
        (None | Some(Mode::Provisioned), Some(_)) => Ok(Mode::Provisioned),
        (None | Some(Mode::OnDemand), None) => Ok(Mode::OnDemand),
        // The wording of these two is not known.
        (Some(Mode::OnDemand), Some(_)) => Err(ServiceError::validation(
            "ShardCount cannot be set for a stream whose StreamMode is ON_DEMAND.",
        )),
        (Some(Mode::Provisioned), None) => Err(ServiceError::validation(
            "ShardCount has to be set for a stream whose StreamMode is PROVISIONED.",
        )),
    }
}

fn check_quotas(
    world: &World,
    caller: &Caller,
    mode: Mode,
    shards: u32,
) -> Result<(), ServiceError> {
    let (account, region) = (caller.account, &caller.region);
    let creating = world
        .kinesis
        .streams_of(account, region)
        .filter(|stream| stream.status == Status::Creating)
        .count();
    if creating >= CREATING_MAX {
        return Err(quota::exceeded(format!(
            "This request would exceed the limit of {CREATING_MAX} streams being created at the \
             same time in account {account} in {region}."
        )));
    }
    match mode {
        Mode::Provisioned => quota::check_shards(world, account, region, shards),
        Mode::OnDemand => {
            let most = world.settings.kinesis.on_demand_stream_quota;
            if world.kinesis.on_demand_of(account, region) >= most as usize {
                return Err(quota::exceeded(format!(
                    "This request would exceed the on-demand stream limit for the account \
                     {account} in {region}. Limit: {most}."
                )));
            }
            Ok(())
        }
    }
}

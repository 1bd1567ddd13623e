//! DescribeLimits (kinesis reference, stream lifecycle).

use serde::{Deserialize, Serialize};

use crate::kernel::{Access, Caller, ServiceError, World};

/// Nothing has to be said.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Input {}

/// The quotas of the caller's account in its Region, and what is used of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// How many shards there may be.
    pub shard_limit: u32,
    /// How many open ones there are.
    pub open_shard_count: u32,
    /// How many on-demand streams there are.
    pub on_demand_stream_count: usize,
    /// How many there may be.
    pub on_demand_stream_count_limit: u32,
}

/// Tells the quotas.
///
/// # Errors
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, _input: Input) -> Result<Output, ServiceError> {
    world.authorize(caller, Access::to("kinesis:DescribeLimits", "*"))?;
    let (account, region) = (caller.account, &caller.region);
    Ok(Output {
        shard_limit: world.settings.kinesis.shard_quota(region.as_str()),
        open_shard_count: world.kinesis.shards_of(account, region),
        on_demand_stream_count: world.kinesis.on_demand_of(account, region),
        on_demand_stream_count_limit: world.settings.kinesis.on_demand_stream_quota,
    })
}

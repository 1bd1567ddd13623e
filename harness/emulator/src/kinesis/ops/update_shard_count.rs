//! UpdateShardCount (kinesis reference, stream lifecycle).

use serde::{Deserialize, Serialize};

use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::quota;
use crate::kinesis::state::{authorize, begin, once_more_today};
use crate::kinesis::stream::{Change, Mode, Status};
use crate::kinesis::target::{check_target, invalid_argument, target};

/// The calls for one stream in 24 hours.
const CALLS_A_DAY: usize = 10;
/// The shards to which a stream may be brought.
const TARGET_MAX: u32 = 10_000;

/// Which stream, and how many shards.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// How many open shards there shall be: half to twice as many as there are.
    pub target_shard_count: Option<i64>,
    /// `UNIFORM_SCALING`.
    pub scaling_type: Option<String>,
}

/// What is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The stream.
    pub stream_name: String,
    /// How many open shards there are.
    pub current_shard_count: u32,
    /// How many there shall be.
    pub target_shard_count: u32,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: String,
}

/// Begins to bring a stream to so many shards of equal width.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`, `LimitExceededException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    validation.required("targetShardCount", input.target_shard_count.as_ref());
    if let Some(count) = input.target_shard_count {
        validation.range("targetShardCount", count, 1, i64::from(i32::MAX));
    }
    validation.required("scalingType", input.scaling_type.as_ref());
    if let Some(kind) = &input.scaling_type {
        validation.one_of("scalingType", kind, &["UNIFORM_SCALING"]);
    }
    validation.finish()?;
    let wanted = u32::try_from(input.target_shard_count.unwrap_or_default()).unwrap_or(u32::MAX);
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:UpdateShardCount", &target)?;
    let stream = world.kinesis.stream(&target)?;
    stream.must_be_active()?;
    if stream.mode == Mode::OnDemand {
        return Err(ServiceError::validation(format!(
            "Request is invalid. Stream {} under account {} is in On-Demand mode.",
            stream.name, stream.account
        )));
    }
    let current = stream.shards.open_count();
    check_bounds(current, wanted)?;
    quota::check_shards(world, stream.account, &stream.region, wanted.saturating_sub(current))?;
    let now = world.now;
    let stream = world.kinesis.stream_mut(&target)?;
    once_more_today(&mut stream.resizes, now, CALLS_A_DAY, "UpdateShardCount")?;
    let output = Output {
        stream_name: stream.name.to_string(),
        current_shard_count: current,
        target_shard_count: wanted,
        stream_arn: stream.arn.to_string(),
    };
    let delay_ms = world.settings.kinesis.reshard_ms;
    let change = Change::Resize { shards: wanted };
    begin(world, &target.arn, Status::Updating, change, delay_ms);
    Ok(output)
}

/// At most twice as many, at least half as many; the wording of the refusals is not known.
fn check_bounds(current: u32, wanted: u32) -> Result<(), ServiceError> {
    let refusal = if wanted > current.saturating_mul(2) {
        format!("cannot be more than double the current open shard count of {current}")
    } else if wanted < current.div_ceil(2) {
        format!("cannot be less than half the current open shard count of {current}")
    } else if wanted > TARGET_MAX {
        format!("cannot be more than {TARGET_MAX}")
    } else {
        return Ok(());
    };
    Err(invalid_argument(format!("TargetShardCount {wanted} {refusal}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_to_double() {
        for (current, wanted, fits) in
            [(1, 1, true), (1, 2, true), (1, 3, false), (5, 3, true), (5, 2, false), (4, 2, true)]
        {
            assert_eq!(check_bounds(current, wanted).is_ok(), fits, "{current} to {wanted}");
        }
        assert!(check_bounds(9_000, 10_001).is_err());
    }
}

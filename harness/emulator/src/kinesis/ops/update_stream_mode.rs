//! UpdateStreamMode (kinesis reference, stream lifecycle).

use serde::Deserialize;

use super::StreamModeDetails;
use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::quota;
use crate::kinesis::state::{authorize, begin, once_more_today};
use crate::kinesis::stream::{Change, Mode, Status};
use crate::kinesis::target::{check_target, invalid_argument, target};

/// The calls for one stream in 24 hours.
const CALLS_A_DAY: usize = 2;

/// Which stream, and which mode.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// How its capacity shall be bought.
    pub stream_mode_details: Option<StreamModeDetails>,
    /// Not offered here.
    pub warm_throughput_mi_bps: Option<i64>,
}

/// Begins to change the capacity mode of a stream; its shards stay as they are.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`, `LimitExceededException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    validation.required("streamARN", input.stream_arn.as_ref());
    check_target(&mut validation, None, input.stream_arn.as_deref());
    validation.required("streamModeDetails", input.stream_mode_details.as_ref());
    if let Some(details) = &input.stream_mode_details {
        details.check(&mut validation);
    }
    validation.finish()?;
    if input.warm_throughput_mi_bps.is_some() {
        return Err(invalid_argument(
            "WarmThroughputMiBps is not offered by this emulator; leave it out.",
        ));
    }
    let Some(mode) = input.stream_mode_details.as_ref().and_then(StreamModeDetails::mode) else {
        return Ok(());
    };
    let target = target(caller, None, input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:UpdateStreamMode", &target)?;
    let stream = world.kinesis.stream(&target)?;
    stream.must_be_active()?;
    if stream.mode != mode && mode == Mode::Provisioned {
        let shards = stream.shards.open_count();
        quota::check_shards(world, stream.account, &stream.region, shards)?;
    }
    let now = world.now;
    let stream = world.kinesis.stream_mut(&target)?;
    once_more_today(&mut stream.mode_changes, now, CALLS_A_DAY, "UpdateStreamMode")?;
    let delay_ms = world.settings.kinesis.update_ms;
    begin(world, &target.arn, Status::Updating, Change::Mode(mode), delay_ms);
    Ok(())
}

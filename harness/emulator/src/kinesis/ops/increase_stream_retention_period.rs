//! IncreaseStreamRetentionPeriod (kinesis reference, reshard and retention error texts).

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::state::{authorize, begin};
use crate::kinesis::stream::{Change, DEFAULT_RETENTION_H, MAX_RETENTION_H, Status};
use crate::kinesis::target::{check_target, invalid_argument, target};

/// Which stream, and for how long.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// The hours for which it shall keep its records: 24 to 8760.
    pub retention_period_hours: Option<i64>,
}

/// Keeps the stream's records for longer; what is there already stays longer too.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let action = "kinesis:IncreaseStreamRetentionPeriod";
    change(world, caller, &input, action, |hours, current, name| {
        (hours < current).then(|| {
            format!(
                "Requested retention period ({hours} hours) for stream {name} can not be shorter \
                 than existing retention period ({current} hours). Use DecreaseRetentionPeriod API."
            )
        })
    })
}

/// Changes the retention, when `wrong_way` has nothing against the wanted and the present hours.
///
/// Over a year is refused with `InvalidArgumentException`; which code AWS uses is not known.
pub(super) fn change(
    world: &mut World,
    caller: &Caller,
    input: &Input,
    action: &str,
    wrong_way: impl Fn(i64, i64, &str) -> Option<String>,
) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    validation.required("retentionPeriodHours", input.retention_period_hours.as_ref());
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    validation.finish()?;
    let hours = input.retention_period_hours.unwrap_or_default();
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, action, &target)?;
    let stream = world.kinesis.stream(&target)?;
    if hours < DEFAULT_RETENTION_H {
        return Err(invalid_argument(format!(
            "Minimum allowed retention period is {DEFAULT_RETENTION_H} hours. Requested retention \
             period ({hours} hours) is too short."
        )));
    }
    if hours > MAX_RETENTION_H {
        return Err(invalid_argument(format!(
            "Maximum allowed retention period is {MAX_RETENTION_H} hours. Requested retention \
             period ({hours} hours) is too long."
        )));
    }
    if let Some(message) = wrong_way(hours, stream.retention_h, &stream.name) {
        return Err(invalid_argument(message));
    }
    stream.must_be_active()?;
    if hours != stream.retention_h {
        let delay_ms = world.settings.kinesis.update_ms;
        begin(world, &target.arn, Status::Updating, Change::Retain { hours }, delay_ms);
    }
    Ok(())
}

//! DecreaseStreamRetentionPeriod (kinesis reference, reshard and retention error texts).

pub use super::increase_stream_retention_period::Input;
use super::increase_stream_retention_period::change;
use crate::kernel::{Caller, ServiceError, World};

/// Keeps the stream's records for less time; what is older then is gone.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let action = "kinesis:DecreaseStreamRetentionPeriod";
    change(world, caller, &input, action, |hours, current, name| {
        (hours > current).then(|| {
            format!(
                "Requested retention period ({hours} hours) for stream {name} can not be longer \
                 than existing retention period ({current} hours). Use IncreaseRetentionPeriod API."
            )
        })
    })
}

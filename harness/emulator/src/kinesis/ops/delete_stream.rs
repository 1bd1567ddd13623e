//! DeleteStream (kinesis reference, stream lifecycle).

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::state::{authorize, begin};
use crate::kinesis::stream::{Change, Status};
use crate::kinesis::target::{check_target, target};

/// The stream to be deleted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// Whether registered consumers go with it; there are none here.
    pub enforce_consumer_deletion: Option<bool>,
}

/// Begins to delete a stream: it is DELETING, and gone after a delay.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`;
/// `ResourceInUseException` when it is being deleted already.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    validation.finish()?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:DeleteStream", &target)?;
    let stream = world.kinesis.stream(&target)?;
    if stream.status == Status::Deleting {
        stream.must_be_active()?;
    }
    let delay_ms = world.settings.kinesis.delete_ms;
    begin(world, &target.arn, Status::Deleting, Change::Delete, delay_ms);
    Ok(())
}

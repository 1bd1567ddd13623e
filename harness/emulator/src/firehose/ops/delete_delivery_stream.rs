//! DeleteDeliveryStream.

use serde::{Deserialize, Serialize};

use crate::firehose::stream::{Status, authorized, required_name, stream_mut};
use crate::firehose::{Timer, open};
use crate::kernel::{Caller, ServiceError, Timer as AnyTimer, Validation, World};

/// What DeleteDeliveryStream reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Input {
    /// The name.
    pub delivery_stream_name: Option<String>,
    /// Only concerns a failed retirement of a KMS grant, which cannot happen here.
    pub allow_force_delete: Option<bool>,
}

/// What DeleteDeliveryStream answers: `{}`.
#[derive(Debug, Clone, Serialize)]
pub struct Output {}

/// Deletes a delivery stream: it is DELETING at once, and gone a while later; what its buffers
/// hold is dropped.
///
/// # Errors
/// `ResourceNotFoundException`, and `ResourceInUseException` while it is CREATING.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let name = required_name(Validation::new(), input.delivery_stream_name)?;
    let id = authorized(world, caller, "firehose:DeleteDeliveryStream", &name)?;
    let at = world.now().plus_ms(world.settings.firehose.deleting_ms);
    let stream = stream_mut(world, caller, &name, id)?;
    match stream.status {
        Status::Creating => Err(ServiceError::client(
            "ResourceInUseException",
            format!(
                "Firehose {name} under account {} is being created and cannot be deleted until it \
                 is ACTIVE.",
                caller.account
            ),
        )),
        Status::Deleting => Ok(Output {}),
        Status::Active => {
            stream.status = Status::Deleting;
            let arn = stream.plan.arn.clone();
            open::close(world, id);
            world.trace("delete", &arn, &[]);
            world.set_timer(at, AnyTimer::Firehose(Timer::Deleted { stream: id }));
            Ok(Output {})
        }
    }
}

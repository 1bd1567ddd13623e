//! DeleteResourcePolicy (kinesis reference, stream lifecycle).

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, World};
use crate::kinesis::state::authorize;
use crate::kinesis::target::{not_found, resource};

/// Which stream.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARN of the stream.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Option<String>,
}

/// Takes the resource policy of a stream away.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceInUseException`,
/// `ResourceNotFoundException` also when the stream has no policy (its wording is not known).
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let target = resource(caller, input.resource_arn.as_deref(), |_| {})?;
    authorize(world, caller, "kinesis:DeleteResourcePolicy", &target)?;
    let stream = world.kinesis.stream_mut(&target)?;
    stream.must_be_active()?;
    if stream.policy.take().is_none() {
        return Err(not_found(format!(
            "No resource policy found for resource ARN {}.",
            target.arn
        )));
    }
    world.trace("kinesis.policy", &target.arn, b"");
    Ok(())
}

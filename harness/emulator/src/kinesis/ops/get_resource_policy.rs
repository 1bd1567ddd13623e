//! GetResourcePolicy (kinesis reference, stream lifecycle).

use serde::{Deserialize, Serialize};

use crate::kernel::{Caller, ServiceError, World};
use crate::kinesis::state::authorize;
use crate::kinesis::target::resource;

/// Which stream.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARN of the stream.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Option<String>,
}

/// Its policy, when it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The policy, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
}

/// Tells the resource policy of a stream.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let target = resource(caller, input.resource_arn.as_deref(), |_| {})?;
    authorize(world, caller, "kinesis:GetResourcePolicy", &target)?;
    let stream = world.kinesis.stream(&target)?;
    Ok(Output { policy: stream.policy.as_ref().map(|policy| policy.document.text().to_owned()) })
}

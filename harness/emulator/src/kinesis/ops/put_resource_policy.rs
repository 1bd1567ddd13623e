//! PutResourcePolicy (kinesis reference, cross-account and authorisation essentials).

use std::sync::Arc;

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, World};
use crate::kinesis::state::authorize;
use crate::kinesis::target::{invalid_argument, resource};
use crate::policy::{NamedPolicy, PolicyDocument, PolicyKind, ResourceService};

/// The largest policy, in bytes (not documented; that of other services).
const POLICY_MAX_BYTES: usize = 20_480;

/// Which stream, and its policy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The ARN of the stream.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Option<String>,
    /// The policy, as JSON.
    pub policy: Option<String>,
}

/// Sets the resource policy of a stream, in place of the one it may have.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let target = resource(caller, input.resource_arn.as_deref(), |validation| {
        validation.required("policy", input.policy.as_ref());
    })?;
    let text = input.policy.unwrap_or_default();
    authorize(world, caller, "kinesis:PutResourcePolicy", &target)?;
    if text.len() > POLICY_MAX_BYTES {
        return Err(invalid_argument(format!(
            "The policy has {} bytes; it may have {POLICY_MAX_BYTES}.",
            text.len()
        )));
    }
    let document = PolicyDocument::parse(&text, PolicyKind::Resource(ResourceService::Kinesis))
        .map_err(|error| invalid_argument(error.sentence()))?;
    let stream = world.kinesis.stream_mut(&target)?;
    stream.must_be_active()?;
    let name = format!("the resource policy of stream {}", stream.name);
    stream.policy = Some(NamedPolicy { name, document: Arc::new(document) });
    world.trace("kinesis.policy", &target.arn, text.as_bytes());
    Ok(())
}

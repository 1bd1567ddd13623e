//! StartStreamEncryption (kinesis reference, stream lifecycle).

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::state::{authorize, begin};
use crate::kinesis::stream::{Change, Status};
use crate::kinesis::target::{check_target, target};

/// Which stream, and with which key.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// `KMS`.
    pub encryption_type: Option<String>,
    /// The key: an id, an ARN or an alias. There is no KMS here; nobody looks whether it exists.
    pub key_id: Option<String>,
}

/// Encrypts the stream's records, as far as its answers tell.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let key = input.key_id.clone();
    change(world, caller, &input, "kinesis:StartStreamEncryption", key)
}

/// Sets or takes away the key.
pub(super) fn change(
    world: &mut World,
    caller: &Caller,
    input: &Input,
    action: &str,
    key: Option<String>,
) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    validation.required("encryptionType", input.encryption_type.as_ref());
    if let Some(kind) = &input.encryption_type {
        validation.one_of("encryptionType", kind, &["NONE", "KMS"]);
    }
    validation.required("keyId", input.key_id.as_ref());
    if let Some(key) = &input.key_id {
        validation.length("keyId", key, 1, 2048);
    }
    validation.finish()?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, action, &target)?;
    let stream = world.kinesis.stream_mut(&target)?;
    stream.must_be_active()?;
    stream.key_id = key;
    let delay_ms = world.settings.kinesis.update_ms;
    begin(world, &target.arn, Status::Updating, Change::Settle, delay_ms);
    Ok(())
}

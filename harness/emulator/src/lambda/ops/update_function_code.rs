//! UpdateFunctionCode (lambda-transform reference, control plane).

use serde::Deserialize;

use super::{check_unchanged, function};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::lambda::Configuration;
use crate::lambda::code::Code;
use crate::lambda::name::{FunctionName, invalid_parameter};
use crate::protocol::rest::{RestRequest, json_response};

/// The new code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The archive.
    #[serde(flatten)]
    pub code: Code,
    /// Whether only to ask what would come of it.
    pub dry_run: Option<bool>,
    /// Versions are not offered here.
    pub publish: Option<bool>,
    /// The revision that the caller knows.
    pub revision_id: Option<String>,
}

/// Reads the request.
///
/// # Errors
/// Those of `run`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let name = FunctionName::read(caller, request.label("FunctionName"))?;
    json_response(200, &run(world, caller, &name, request.json()?)?)
}

/// Gives a function new code; its update is InProgress for a moment.
///
/// # Errors
/// `InvalidParameterValueException`, `AccessDeniedException`, `ResourceNotFoundException`,
/// `ResourceConflictException`, `PreconditionFailedException`, `RequestEntityTooLargeException`.
pub(crate) fn run(
    world: &mut World,
    caller: &Caller,
    name: &FunctionName,
    input: Input,
) -> Result<Configuration, ServiceError> {
    let archive = input.code.archive()?;
    if input.publish == Some(true) {
        return Err(invalid_parameter(
            "Versions are not offered by this emulator; leave Publish out and use $LATEST.",
        ));
    }
    let now = world.now;
    let revision_id = world.lambda.ids.uuid();
    let function = function(world, caller, "lambda:UpdateFunctionCode", name)?;
    check_unchanged(function, now, input.revision_id.as_deref())?;
    if input.dry_run == Some(true) {
        let mut asked = function.clone();
        asked.set_code(archive);
        return Ok(Configuration::of(&asked, now));
    }
    function.set_code(archive);
    function.last_modified = now;
    function.revision_id = revision_id;
    let configuration = Configuration::of(function, now);
    world.trace("lambda.code", &name.arn, configuration.code_sha256.as_bytes());
    Ok(configuration)
}

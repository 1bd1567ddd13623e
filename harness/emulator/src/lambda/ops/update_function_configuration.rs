//! UpdateFunctionConfiguration (lambda-transform reference, control plane).

use serde::Deserialize;

use super::{check_unchanged, function};
use crate::kernel::{Caller, ServiceError, Validation, WireResponse, World};
use crate::lambda::Configuration;
use crate::lambda::function_settings::{FunctionSettings, check_role};
use crate::lambda::name::FunctionName;
use crate::protocol::rest::{RestRequest, json_response};

/// What is to be changed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// Runtime, role, handler and the rest; what is not there stays as it is.
    #[serde(flatten)]
    pub settings: FunctionSettings,
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

/// Changes a function's configuration; its update is InProgress for a moment.
///
/// # Errors
/// `ValidationException`, `InvalidParameterValueException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceConflictException`, `PreconditionFailedException`.
pub(crate) fn run(
    world: &mut World,
    caller: &Caller,
    name: &FunctionName,
    input: Input,
) -> Result<Configuration, ServiceError> {
    let mut validation = Validation::new();
    input.settings.check(&mut validation);
    validation.finish()?;
    input.settings.check_runtime()?;
    let now = world.now;
    let action = "lambda:UpdateFunctionConfiguration";
    let unchanged = function(world, caller, action, name)?;
    check_unchanged(unchanged, now, input.revision_id.as_deref())?;
    if let Some(role) = &input.settings.role {
        check_role(world, caller, role, &name.arn)?;
    }
    let revision_id = world.lambda.ids.uuid();
    let Some(function) = world.lambda.functions.get_mut(&name.arn) else {
        return Err(name.not_found());
    };
    input.settings.apply(function);
    function.last_modified = now;
    function.revision_id = revision_id;
    let configuration = Configuration::of(function, now);
    world.trace("lambda.configuration", &name.arn, configuration.revision_id.as_bytes());
    Ok(configuration)
}

//! GetFunctionConfiguration (lambda-transform reference, control plane).

use super::function;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::lambda::Configuration;
use crate::lambda::name::FunctionName;
use crate::protocol::rest::{RestRequest, json_response};

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
    json_response(200, &run(world, caller, &name.qualified(request.parameter("Qualifier")))?)
}

/// Tells of a function, without its code.
///
/// # Errors
/// `AccessDeniedException`, `ResourceNotFoundException`.
pub(crate) fn run(
    world: &mut World,
    caller: &Caller,
    name: &FunctionName,
) -> Result<Configuration, ServiceError> {
    let now = world.now;
    let function = function(world, caller, "lambda:GetFunctionConfiguration", name)?;
    Ok(Configuration::of(function, now))
}

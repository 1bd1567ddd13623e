//! DeleteFunction (lambda-transform reference, control plane).

use super::function;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::lambda::name::FunctionName;
use crate::protocol::rest::{RestRequest, json_response};

/// Reads the request. Success is 200, as the current model has it; it was 204.
///
/// # Errors
/// Those of `run`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let name = FunctionName::read(caller, request.label("FunctionName"))?;
    run(world, caller, &name.qualified(request.parameter("Qualifier")))?;
    json_response(200, &serde_json::json!({}))
}

/// Deletes a function and its policy.
///
/// # Errors
/// `AccessDeniedException`, `ResourceNotFoundException`.
pub(crate) fn run(
    world: &mut World,
    caller: &Caller,
    name: &FunctionName,
) -> Result<(), ServiceError> {
    function(world, caller, "lambda:DeleteFunction", name)?;
    world.lambda.functions.remove(&name.arn);
    world.trace("lambda.delete", &name.arn, b"");
    Ok(())
}

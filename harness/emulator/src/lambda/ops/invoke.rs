//! Invoke (lambda-transform reference, control plane).

use super::function;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::lambda::PAYLOAD_MAX_BYTES;
use crate::lambda::name::{FunctionName, invalid_parameter};
use crate::protocol::rest::RestRequest;

/// Answers `DryRun` with 204.
///
/// A function's code is run by whoever drives the world, and only while time moves on; an answer
/// within the same call is not possible. `RequestResponse` and `Event` therefore say so.
///
/// # Errors
/// `AccessDeniedException`, `ResourceNotFoundException`, `RequestTooLargeException`,
/// `InvalidRequestContentException`, `InvalidParameterValueException`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let name = FunctionName::read(caller, request.label("FunctionName"))?;
    let name = name.qualified(request.parameter("Qualifier"));
    let body = &request.wire.body;
    if body.len() > PAYLOAD_MAX_BYTES {
        return Err(ServiceError::client(
            "RequestTooLargeException",
            format!(
                "Request must be smaller than {PAYLOAD_MAX_BYTES} bytes for the InvokeFunction \
                 operation"
            ),
        )
        .status(413));
    }
    function(world, caller, "lambda:InvokeFunction", &name)?;
    if !body.is_empty()
        && let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(body)
    {
        return Err(ServiceError::client(
            "InvalidRequestContentException",
            format!("Could not parse request body into json: {error}"),
        ));
    }
    match request.wire.header("x-amz-invocation-type").unwrap_or("RequestResponse") {
        "DryRun" => Ok(WireResponse::empty(204)),
        kind @ ("RequestResponse" | "Event") => Err(invalid_parameter(format!(
            "InvocationType {kind} is not offered by this emulator: a function's code runs outside \
             of its services, on time of its own, and only for a delivery stream's processor. Send \
             the event through the delivery stream, run the handler itself, or ask with DryRun."
        ))),
        other => Err(invalid_parameter(format!(
            "Value '{other}' at 'invocationType' failed to satisfy constraint: Member must satisfy \
             enum value set: [Event, RequestResponse, DryRun]"
        ))),
    }
}

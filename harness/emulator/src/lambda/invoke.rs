//! Invocations: asked of the driver as an effect, answered when the modelled duration is over.

use bytes::Bytes;

use super::{Timer, unqualified};
use crate::firehose;
use crate::kernel::{
    Access, Caller, EffectId, EffectKind, InvokeOutcome, ServiceError, Timer as AnyTimer, World,
};

/// The largest synchronous request and response: 6 MB (lambda-transform reference, limits).
pub const PAYLOAD_MAX_BYTES: usize = 6 * 1024 * 1024;

/// Who waits for an invocation's outcome.
#[derive(Debug, Clone, PartialEq)]
pub enum InvokeOwner {
    /// A delivery stream's processor.
    Firehose(firehose::ProcessorTicket),
    /// Nobody: it was invoked asynchronously, as by a rule.
    Nobody,
}

/// An invocation under way.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// Who waits.
    pub owner: InvokeOwner,
    /// What came of it; empty until the driver has told.
    pub outcome: Option<InvokeOutcome>,
}

/// Invokes a function synchronously for a service.
///
/// # Errors
/// `AccessDeniedException` when the caller may not, `ResourceNotFoundException` when there is no
/// such function, `RequestTooLargeException` over 6 MB.
pub(crate) fn invoke(
    world: &mut World,
    caller: &Caller,
    function_arn: &str,
    payload: Bytes,
    owner: InvokeOwner,
) -> Result<EffectId, ServiceError> {
    world.authorize(caller, Access::to("lambda:InvokeFunction", function_arn))?;
    let Some(function) = world.lambda.functions.get(unqualified(function_arn)) else {
        return Err(ServiceError::client(
            "ResourceNotFoundException",
            format!("Function not found: {function_arn}"),
        )
        .status(404));
    };
    if payload.len() > PAYLOAD_MAX_BYTES {
        return Err(ServiceError::client(
            "RequestTooLargeException",
            format!(
                "Request must be smaller than {PAYLOAD_MAX_BYTES} bytes for the InvokeFunction \
                 operation"
            ),
        )
        .status(413));
    }
    let timeout_ms = function.timeout_s * 1000;
    let function_arn = unqualified(function_arn).to_owned();
    world.trace("invoke", &function_arn, &payload);
    let id = world.ask(EffectKind::InvokeFunction { function_arn, payload, timeout_ms });
    world.lambda.invocations.insert(id, Invocation { owner, outcome: None });
    Ok(id)
}

/// Takes the driver's outcome; it reaches whoever waits when the modelled duration is over.
pub(crate) fn complete(world: &mut World, effect: EffectId, outcome: InvokeOutcome) {
    let Some(invocation) = world.lambda.invocations.get_mut(&effect) else { return };
    let (InvokeOutcome::Answered { duration_ms, .. }
    | InvokeOutcome::FunctionError { duration_ms, .. }) = &outcome;
    let at = world.now.plus_ms((*duration_ms).max(0));
    invocation.outcome = Some(within_limits(outcome));
    world.set_timer(at, AnyTimer::Lambda(Timer::Answered { effect }));
}

/// A response over 6 MB becomes the error that Lambda makes of it.
fn within_limits(outcome: InvokeOutcome) -> InvokeOutcome {
    match outcome {
        InvokeOutcome::Answered { payload, duration_ms } if payload.len() > RESPONSE_MAX_BYTES => {
            InvokeOutcome::FunctionError {
                payload: Bytes::from(
                    serde_json::json!({
                        "errorMessage": format!(
                            "Response payload size exceeded maximum allowed payload size \
                             ({RESPONSE_MAX_BYTES} bytes)."
                        ),
                        "errorType": "Function.ResponseSizeTooLarge",
                    })
                    .to_string(),
                ),
                duration_ms,
            }
        }
        other => other,
    }
}

/// The largest response that Lambda passes on (lambda-transform reference, limits).
pub const RESPONSE_MAX_BYTES: usize = 6_291_556;

/// The modelled duration is over: whoever waits is told.
pub(crate) fn answered(world: &mut World, effect: EffectId) {
    let Some(Invocation { owner, outcome: Some(outcome) }) =
        world.lambda.invocations.remove(&effect)
    else {
        return;
    };
    let payload = match &outcome {
        InvokeOutcome::Answered { payload, .. } | InvokeOutcome::FunctionError { payload, .. } => {
            payload.clone()
        }
    };
    world.trace("answered", "lambda", &payload);
    match owner {
        InvokeOwner::Firehose(ticket) => firehose::on_invoked(world, ticket, outcome),
        InvokeOwner::Nobody => {}
    }
}

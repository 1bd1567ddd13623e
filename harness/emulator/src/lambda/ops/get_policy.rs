//! GetPolicy (lambda-transform reference, control plane).

use serde::Serialize;

use super::function;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::lambda::name::{FunctionName, not_found};
use crate::lambda::statement;
use crate::protocol::rest::{RestRequest, json_response};

/// A function's policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// As JSON.
    pub policy: String,
    /// The function's revision.
    pub revision_id: String,
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
    json_response(200, &run(world, caller, &name.qualified(request.parameter("Qualifier")))?)
}

/// Tells the policy of a function.
///
/// # Errors
/// `AccessDeniedException`; `ResourceNotFoundException` when there is no such function, or it has
/// no policy.
pub(crate) fn run(
    world: &mut World,
    caller: &Caller,
    name: &FunctionName,
) -> Result<Output, ServiceError> {
    let function = function(world, caller, "lambda:GetPolicy", name)?;
    let Some(policy) = statement::document(function) else {
        return Err(not_found("The resource you requested does not exist."));
    };
    Ok(Output { policy: policy.to_string(), revision_id: function.revision_id.clone() })
}

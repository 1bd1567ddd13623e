//! RemovePermission (lambda-transform reference, control plane).

use super::{check_revision, function};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::lambda::name::{FunctionName, not_found};
use crate::lambda::statement;
use crate::protocol::rest::RestRequest;

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
    let name = name.qualified(request.parameter("Qualifier"));
    let revision_id = request.parameter("RevisionId");
    run(world, caller, &name, request.label("StatementId"), revision_id)?;
    Ok(WireResponse::empty(204))
}

/// Takes a statement out of a function's policy.
///
/// # Errors
/// `AccessDeniedException`, `PreconditionFailedException`; `ResourceNotFoundException` when there
/// is no such function or statement.
pub(crate) fn run(
    world: &mut World,
    caller: &Caller,
    name: &FunctionName,
    sid: &str,
    revision_id: Option<&str>,
) -> Result<(), ServiceError> {
    let next_revision = world.lambda.ids.uuid();
    let function = function(world, caller, "lambda:RemovePermission", name)?;
    check_revision(function, revision_id)?;
    let Some(place) = function.statements.iter().position(|(known, _)| known == sid) else {
        return Err(not_found(format!("Statement {sid} is not found in resource policy.")));
    };
    function.statements.remove(place);
    statement::rebuild(function)?;
    function.revision_id = next_revision;
    world.trace("lambda.policy", &name.arn, sid.as_bytes());
    Ok(())
}

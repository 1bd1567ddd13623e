//! The operations, one in a file.

#![expect(clippy::needless_pass_by_value, reason = "every operation owns its input")]

use super::Function;
use super::name::{FunctionName, conflict};
use crate::kernel::{Access, Caller, ServiceError, World};

pub mod add_permission;
pub mod create_function;
pub mod delete_function;
pub mod get_function;
pub mod get_function_configuration;
pub mod get_policy;
pub mod invoke;
pub mod list_functions;
pub mod remove_permission;
pub mod update_function_code;
pub mod update_function_configuration;

/// The function that is named, once the caller may do this to it. Only `$LATEST` exists.
fn function<'a>(
    world: &'a mut World,
    caller: &Caller,
    action: &str,
    name: &FunctionName,
) -> Result<&'a mut Function, ServiceError> {
    world.authorize(caller, Access::to(action, &name.arn))?;
    if name.qualifier.is_some() {
        return Err(name.not_found());
    }
    world.lambda.functions.get_mut(&name.arn).ok_or_else(|| name.not_found())
}

/// Refuses a change of a function that is being created or changed, or is not as the caller knew it.
fn check_unchanged(
    function: &Function,
    now: tributary_vocabulary::Timestamp,
    revision_id: Option<&str>,
) -> Result<(), ServiceError> {
    if function.is_changing(now) {
        return Err(conflict(format!(
            "The operation cannot be performed at this time. An update is in progress for \
             resource: {}",
            function.arn()
        )));
    }
    check_revision(function, revision_id)
}

/// Refuses a change of a function that is not as the caller knew it.
fn check_revision(function: &Function, revision_id: Option<&str>) -> Result<(), ServiceError> {
    if revision_id.is_some_and(|revision| revision != function.revision_id) {
        return Err(ServiceError::client(
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the \
             GetFunction/GetPolicy API to retrieve the latest Revision Id",
        )
        .status(412));
    }
    Ok(())
}

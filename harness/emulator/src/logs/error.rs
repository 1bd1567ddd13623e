//! The errors of CloudWatch Logs, in AWS's words (cloudwatch-logs reference, errors).

use crate::kernel::{ServiceError, Validation};

/// `InvalidParameterException`.
pub(crate) fn invalid(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidParameterException", message)
}

/// `ResourceNotFoundException` about a `log group`, a `log stream`, a `destination`, ….
pub(crate) fn not_found(what: &str) -> ServiceError {
    ServiceError::client(
        "ResourceNotFoundException",
        format!("The specified {what} does not exist."),
    )
}

/// `ResourceAlreadyExistsException` about a `log group` or a `log stream`.
pub(crate) fn already_exists(what: &str) -> ServiceError {
    ServiceError::client(
        "ResourceAlreadyExistsException",
        format!("The specified {what} already exists"),
    )
}

/// `LimitExceededException`.
pub(crate) fn limit_exceeded() -> ServiceError {
    ServiceError::client("LimitExceededException", "Resource limit exceeded.")
}

/// A member that AWS has and this emulator does not.
pub(crate) fn unsupported<T>(member: &str, value: Option<&T>) -> Result<(), ServiceError> {
    match value {
        None => Ok(()),
        Some(_) => Err(invalid(format!(
            "'{member}' is not supported by this emulator: leave it out of the request"
        ))),
    }
}

/// All failures of a request's shape under the code that this service uses.
pub(crate) fn finish(check: Validation) -> Result<(), ServiceError> {
    check.finish_as("InvalidParameterException")
}

/// A member whose value is none of those that AWS knows; unlike other services, this one does not
/// repeat the value.
pub(crate) fn not_in_enum(path: &str, allowed: &[&str]) -> ServiceError {
    invalid(format!(
        "1 validation error detected: Value at '{path}' failed to satisfy constraint: Member must \
         satisfy enum value set: [{}]",
        allowed.join(", ")
    ))
}

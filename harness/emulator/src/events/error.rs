//! The errors of EventBridge, in AWS's words where they are known.

use crate::kernel::{ServiceError, Validation};

/// `ValidationException`.
pub(super) fn invalid(message: impl Into<String>) -> ServiceError {
    ServiceError::validation(message)
}

/// `ResourceNotFoundException` about a rule.
pub(super) fn no_rule(rule: &str, bus: &str) -> ServiceError {
    let message = format!("Rule {rule} does not exist on EventBus {bus}.");
    ServiceError::client("ResourceNotFoundException", message)
}

/// `ResourceNotFoundException` about an event bus.
pub(super) fn no_bus(bus: &str) -> ServiceError {
    ServiceError::client("ResourceNotFoundException", format!("Event bus {bus} does not exist."))
}

/// `LimitExceededException`.
pub(super) fn limit_exceeded(message: impl Into<String>) -> ServiceError {
    ServiceError::client("LimitExceededException", message)
}

/// Checks a list's length, which AWS shows as `[…]`.
pub(super) fn check_count(
    validation: &mut Validation,
    path: &str,
    count: usize,
    least: usize,
    most: usize,
) {
    if count < least {
        let constraint = format!("Member must have length greater than or equal to {least}");
        validation.fail(path, &"[]", &constraint);
    } else if count > most {
        let constraint = format!("Member must have length less than or equal to {most}");
        validation.fail(path, &"[...]", &constraint);
    }
}

//! The errors of GuardDuty (guardduty reference, §7): `BadRequestException` for nearly everything,
//! its sentence beginning with "The request is rejected".

use crate::kernel::ServiceError;

/// `BadRequestException` with this sentence.
pub(super) fn bad_request(message: impl Into<String>) -> ServiceError {
    ServiceError::client("BadRequestException", message).field("__type", "InvalidInputException")
}

/// `The request is rejected because …`.
pub(super) fn rejected(because: &str) -> ServiceError {
    bad_request(format!("The request is rejected because {because}"))
}

/// A parameter that is not as it has to be.
pub(super) fn invalid(parameter: &str) -> ServiceError {
    rejected(&format!("the parameter {parameter} has an invalid value."))
}

/// A parameter that has to be there.
pub(super) fn missing(parameter: &str) -> ServiceError {
    rejected(&format!(
        "an invalid or out-of-range value is specified as an input parameter: {parameter} is required."
    ))
}

/// A detector of another account, or none at all.
pub(super) fn not_owned() -> ServiceError {
    rejected("the input detectorId is not owned by the current account.")
}

/// Something else that is not there.
pub(super) fn no_such_resource() -> ServiceError {
    bad_request("The request is rejected since no such resource found.")
}

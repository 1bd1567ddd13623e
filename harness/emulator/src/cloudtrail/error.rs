//! The errors of CloudTrail in AWS's words (cloudtrail reference, API essentials).

use tributary_vocabulary::{AccountId, Region};

use crate::kernel::ServiceError;

pub(super) fn trail_not_found(name: &str, account: AccountId) -> ServiceError {
    ServiceError::client(
        "TrailNotFoundException",
        format!("Unknown trail: {name} for the user: {account}"),
    )
}

pub(super) fn invalid_name(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidTrailNameException", message)
}

pub(super) fn invalid_arn(arn: &str) -> ServiceError {
    ServiceError::client(
        "CloudTrailARNInvalidException",
        format!(
            "{arn} is not the ARN of a trail, which looks like \
             arn:aws:cloudtrail:us-east-2:123456789012:trail/MyTrail"
        ),
    )
}

pub(super) fn not_at_home(arn: &str, home: &Region) -> ServiceError {
    ServiceError::client(
        "InvalidHomeRegionException",
        format!("The home Region of trail {arn} is {home}: the operation has to be called there."),
    )
}

pub(super) fn invalid_selectors(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidEventSelectorsException", message)
}

/// AWS has it, this emulator has not: told rather than ignored.
pub(super) fn not_emulated(what: &str) -> ServiceError {
    ServiceError::client(
        "UnsupportedOperationException",
        format!("{what} not emulated here; leave the parameter out."),
    )
}

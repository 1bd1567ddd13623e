//! Reading requests.

use super::error::{invalid_value, missing};
use crate::kernel::{ServiceError, World};
use crate::protocol::query::Parameters;

/// A parameter that has to be there and is not empty.
///
/// # Errors
/// `MissingParameter`.
pub(super) fn required<'a>(
    parameters: &'a Parameters,
    name: &str,
) -> Result<&'a str, ServiceError> {
    given(parameters, name).ok_or_else(|| missing(name))
}

/// A parameter that is not empty.
pub(super) fn given<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    parameters.get(name).filter(|value| !value.is_empty())
}

/// A parameter that is true or false; absent, it is false.
///
/// # Errors
/// `InvalidParameterValue`.
pub(super) fn flag(parameters: &Parameters, name: &str) -> Result<bool, ServiceError> {
    match parameters.get(name) {
        None => Ok(false),
        Some(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Some(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        Some(text) => Err(invalid_value(format!(
            "Invalid value '{text}' for {name}. Valid values: true, false"
        ))),
    }
}

/// A whole number.
///
/// # Errors
/// `InvalidParameterValue`.
pub(super) fn number(parameters: &Parameters, name: &str) -> Result<Option<i64>, ServiceError> {
    let Some(text) = given(parameters, name) else { return Ok(None) };
    let wrong = |_| invalid_value(format!("Value ({text}) for parameter {name} is invalid."));
    text.parse().map(Some).map_err(wrong)
}

/// Ends a request that only asks whether it would be allowed; to be called once it is.
///
/// # Errors
/// `DryRunOperation`, with status 412.
pub(super) fn dry_run(parameters: &Parameters) -> Result<(), ServiceError> {
    if flag(parameters, "DryRun")? {
        let message = "Request would have succeeded, but DryRun flag is set.";
        return Err(ServiceError::client("DryRunOperation", message).status(412));
    }
    Ok(())
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// A new id: a prefix such as `vpc-` and 17 hexadecimal digits.
pub(super) fn new_id(world: &mut World, prefix: &str) -> String {
    format!("{prefix}{}", world.ec2.ids.text(HEX, 17))
}

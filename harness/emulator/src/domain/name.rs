//! The names of domains.

use tributary_vocabulary::AccountId;

use crate::kernel::{Caller, ServiceError, arn};

/// Checks a domain's name: 3 to 28 of `a-z 0-9 -`, the first a letter.
///
/// # Errors
/// `ValidationException`, as the service's model validates.
pub(super) fn check(name: &str) -> Result<(), ServiceError> {
    let failed = |constraint: &str| {
        Err(ServiceError::validation(format!(
            "1 validation error detected: Value '{name}' at 'domainName' failed to satisfy \
             constraint: {constraint}"
        )))
    };
    let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if name.len() < 3 {
        return failed("Member must have length greater than or equal to 3");
    }
    if name.len() > 28 {
        return failed("Member must have length less than or equal to 28");
    }
    let begins = name.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    if !begins || !name.bytes().all(known) {
        return failed("Member must satisfy regular expression pattern: [a-z][a-z0-9\\-]+");
    }
    Ok(())
}

/// The ARN of the caller's domain of this name.
pub(super) fn arn_of(caller: &Caller, name: &str) -> String {
    arn("es", &caller.region, caller.account, &format!("domain/{name}"))
}

/// A domain's id: `ACCOUNT/NAME`.
pub(super) fn id_of(account: AccountId, name: &str) -> String {
    format!("{account}/{name}")
}

/// There is no such domain.
pub(super) fn not_found(name: &str) -> ServiceError {
    ServiceError::client("ResourceNotFoundException", format!("Domain not found: {name}"))
        .status(409)
}

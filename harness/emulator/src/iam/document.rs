//! Policy documents on their way in and out.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::kernel::ServiceError;
use crate::policy::{PolicyDocument, PolicyKind};
use crate::protocol::query::Parameters;

/// What RFC 3986 leaves as it is.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The document as IAM answers it: percent-encoded.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// Reads a document.
///
/// # Errors
/// `MalformedPolicyDocument`.
pub(super) fn parse(text: &str, kind: PolicyKind) -> Result<PolicyDocument, ServiceError> {
    PolicyDocument::parse(text, kind)
        .map_err(|error| ServiceError::client("MalformedPolicyDocument", error.to_string()))
}

/// A parameter that has to be there; IAM names it in lower camel case and hides its value.
///
/// # Errors
/// `ValidationError`.
pub(super) fn required<'a>(
    parameters: &'a Parameters,
    name: &str,
) -> Result<&'a str, ServiceError> {
    parameters.get(name).ok_or_else(|| {
        let mut path = name.to_owned();
        if let Some(first) = path.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        let message = format!(
            "1 validation error detected: Value at '{path}' failed to satisfy constraint: Member must not be null"
        );
        ServiceError::client("ValidationError", message)
    })
}

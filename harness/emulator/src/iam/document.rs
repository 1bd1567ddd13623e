//! Policy documents on their way in and out.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::kernel::ServiceError;
use crate::policy::{PolicyDocument, PolicyKind};

use super::error;

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
    PolicyDocument::parse(text, kind).map_err(|fault| error::malformed(fault.to_string()))
}

/// The length of a document as quotas count it: without blanks.
pub(super) fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

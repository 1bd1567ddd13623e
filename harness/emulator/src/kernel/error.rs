//! An error as AWS answers it.

use std::borrow::Cow;

/// An error that a service answers: AWS's code, its wording, its HTTP status.
///
/// Each protocol renders it in its own form; see [`crate::protocol`].
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ServiceError {
    /// AWS's code, such as `ResourceNotFoundException`.
    pub code: Cow<'static, str>,
    /// The sentence that AWS answers with it.
    pub message: String,
    /// The HTTP status.
    pub status: u16,
    /// Members beside the message, as the model of the error names them.
    pub fields: Vec<(&'static str, String)>,
}

impl ServiceError {
    /// A fault of the caller: HTTP 400.
    pub fn client(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), status: 400, fields: Vec::new() }
    }

    /// The same error with another HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same error with one more member beside its message.
    #[must_use]
    pub fn field(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// `N validation error(s) detected: …` (kinesis reference, errors).
    pub fn validation(message: impl Into<String>) -> Self {
        Self::client("ValidationException", message)
    }

    /// The caller may not: `AccessDeniedException`; protocols that write `AccessDenied` do so.
    pub fn access_denied(message: impl Into<String>) -> Self {
        Self::client("AccessDeniedException", message)
    }

    /// The body is not what the operation reads.
    pub fn serialization(message: impl Into<String>) -> Self {
        Self::client("SerializationException", message)
    }

    /// The service has no such operation here.
    #[must_use]
    pub fn unknown_operation(service: &str, operation: &str, known: &[&str]) -> Self {
        Self::client(
            "UnknownOperationException",
            format!(
                "{service} has no operation {operation} in this emulator; it has {}",
                known.join(", ")
            ),
        )
    }

    /// Whether a policy refused the call.
    #[must_use]
    pub fn is_access_denied(&self) -> bool {
        self.code.starts_with("AccessDenied")
    }
}

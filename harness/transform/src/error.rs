//! What a handler raises.

/// An error of a handler, as the Lambda Runtime API reports it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error_type}: {message}")]
pub struct HandlerError {
    /// The type, such as `Runtime.MarshalError` or the exception's class.
    pub error_type: String,
    /// The message.
    pub message: String,
}

impl HandlerError {
    /// An error of this type.
    pub fn new(error_type: impl Into<String>, message: impl Into<String>) -> Self {
        Self { error_type: error_type.into(), message: message.into() }
    }

    /// The document that Lambda returns with a `FunctionError`.
    #[must_use]
    pub fn document(&self) -> String {
        serde_json::json!({ "errorMessage": self.message, "errorType": self.error_type })
            .to_string()
    }
}

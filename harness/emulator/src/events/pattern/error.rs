//! Why a text is no pattern.

/// A text that is no pattern, in the words of the public rule engine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Event pattern is not valid. Reason: {reason}")]
pub struct InvalidPattern {
    /// What is wrong.
    pub reason: String,
}

impl InvalidPattern {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

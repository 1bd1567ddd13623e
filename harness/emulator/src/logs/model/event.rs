//! A log event, as it lies in a log stream.

use tributary_vocabulary::Timestamp;

use super::Text;

/// A log event, as it lies in a log stream; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// When the sender says that it happened.
    pub timestamp: Timestamp,
    /// When it was accepted.
    pub ingestion_time: Timestamp,
    /// The text.
    pub message: Text,
}

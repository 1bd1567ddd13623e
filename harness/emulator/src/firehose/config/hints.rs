//! The small members that several destinations share.

use serde::{Deserialize, Serialize};

use super::invalid;
use crate::kernel::{ServiceError, Validation};

/// `BufferingHints`: whichever comes first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BufferingHints {
    /// In MB of data, before compression.
    #[serde(rename = "SizeInMBs")]
    pub size_in_mbs: Option<i64>,
    /// In seconds since the buffer's first record.
    #[serde(rename = "IntervalInSeconds")]
    pub interval_in_seconds: Option<i64>,
}

impl BufferingHints {
    /// 5 MB or 300 s: the default of S3 and of OpenSearch (firehose reference, §4).
    #[must_use]
    pub fn default_of_all() -> Self {
        Self { size_in_mbs: Some(5), interval_in_seconds: Some(300) }
    }

    /// The bounds of the shape: at most `most` MB; from `least_interval` seconds to 900.
    pub(crate) fn validate(
        &self,
        validation: &mut Validation,
        path: &str,
        most: i64,
        least_interval: i64,
    ) {
        if let Some(size) = self.size_in_mbs {
            validation.range(&format!("{path}.sizeInMBs"), size, 1, most);
        }
        if let Some(interval) = self.interval_in_seconds {
            let path = format!("{path}.intervalInSeconds");
            validation.range(&path, interval, least_interval, 900);
        }
    }

    /// One of the two without the other is refused.
    pub(crate) fn check(&self) -> Result<(), ServiceError> {
        if self.size_in_mbs.is_some() == self.interval_in_seconds.is_some() {
            return Ok(());
        }
        Err(invalid(
            "BufferingHints must have both SizeInMBs and IntervalInSeconds, or neither of them",
        ))
    }
}

/// `RetryOptions`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryOptions {
    /// How long is retried, the first attempt included: 0 to 7,200 s.
    #[serde(rename = "DurationInSeconds")]
    pub duration_in_seconds: Option<i64>,
}

/// `CloudWatchLoggingOptions`: stored and described; this emulator's Firehose tells of errors to
/// the world's listener and writes no error logs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LoggingOptions {
    /// Whether errors are logged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The log group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_group_name: Option<String>,
    /// The log stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_stream_name: Option<String>,
}

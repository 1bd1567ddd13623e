//! The stages of the pipeline, in order.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A stage of the pipeline that an event passes; ordered as the pipeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Accepted into a log group.
    Logs,
    /// Packed into an envelope by a subscription filter.
    Subscription,
    /// Put on a shard of the central stream.
    Kinesis,
    /// Read from the shard by the delivery stream.
    Firehose,
    /// Answered by the transform function.
    Transform,
    /// Indexed in OpenSearch.
    OpenSearch,
    /// Written to the backup bucket.
    S3,
}

/// Text that names no stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no stage '{0}': the stages are logs, subscription, kinesis, firehose, transform, opensearch and s3"
)]
pub struct StageError(pub String);

impl Stage {
    /// All stages, in the order of the pipeline.
    pub const ALL: [Self; 7] = [
        Self::Logs,
        Self::Subscription,
        Self::Kinesis,
        Self::Firehose,
        Self::Transform,
        Self::OpenSearch,
        Self::S3,
    ];

    /// The name that commands and run files use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Logs => "logs",
            Self::Subscription => "subscription",
            Self::Kinesis => "kinesis",
            Self::Firehose => "firehose",
            Self::Transform => "transform",
            Self::OpenSearch => "opensearch",
            Self::S3 => "s3",
        }
    }

    /// The stage's place in [`Stage::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Stage {
    type Err = StageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.name() == text)
            .ok_or_else(|| StageError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_places_agree() {
        for (place, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage.index(), place);
            assert_eq!(stage.name().parse(), Ok(stage));
        }
        assert!("lambda".parse::<Stage>().is_err());
    }
}

//! A subscription filter.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tributary_vocabulary::Timestamp;

use crate::kernel::ServiceError;
use crate::logs::pattern::Pattern;

/// How envelopes are spread over a stream's shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Distribution {
    /// All envelopes of one log stream have one partition key.
    ByLogStream,
    /// Every envelope has a key of its own.
    Random,
}

impl Distribution {
    /// The distribution of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "ByLogStream" => Some(Self::ByLogStream),
            "Random" => Some(Self::Random),
            _ => None,
        }
    }
}

/// A subscription filter: which events of a group go where.
#[derive(Debug, Clone)]
pub struct SubscriptionFilter {
    /// Which events.
    pub pattern: Arc<Pattern>,
    /// A Kinesis stream, a delivery stream, or a destination.
    pub destination_arn: String,
    /// The role with which it is delivered; a destination has one of its own.
    pub role_arn: Option<String>,
    /// How envelopes are spread over shards.
    pub distribution: Distribution,
    /// When it was first made.
    pub creation_time: Timestamp,
    /// Set while AWS has switched it off because its destination refused.
    pub disabled: Option<Disabled>,
}

/// A filter that is switched off for a while (cloudwatch-logs reference, delivery failure).
#[derive(Debug, Clone)]
pub struct Disabled {
    /// When it is tried again.
    pub until: Timestamp,
    /// The refusal that switched it off.
    pub cause: ServiceError,
}

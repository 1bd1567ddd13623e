//! The sources of events.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where an event comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// VPC Flow Logs.
    VpcFlowLogs,
    /// CloudTrail records.
    #[serde(rename = "cloudtrail")]
    CloudTrail,
    /// GuardDuty findings.
    #[serde(rename = "guardduty")]
    GuardDuty,
}

/// Text that names no source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no source '{0}': the sources are vpc-flow-logs, cloudtrail and guardduty")]
pub struct SourceError(pub String);

impl Source {
    /// All sources.
    pub const ALL: [Self; 3] = [Self::VpcFlowLogs, Self::CloudTrail, Self::GuardDuty];

    /// The name that commands and run files use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::VpcFlowLogs => "vpc-flow-logs",
            Self::CloudTrail => "cloudtrail",
            Self::GuardDuty => "guardduty",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Source {
    type Err = SourceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|source| source.name() == text)
            .ok_or_else(|| SourceError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for source in Source::ALL {
            assert_eq!(source.name().parse(), Ok(source));
        }
        assert!("syslog".parse::<Source>().is_err());
    }
}

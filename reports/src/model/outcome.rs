//! How a run, a check or a threshold ended.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a run, a check or a threshold ended; ordered from best to worst.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It held.
    Passed,
    /// It was not looked at, and the reason is written down.
    Skipped,
    /// It did not hold.
    Failed,
    /// The run ended before it could be judged.
    Aborted,
}

impl Outcome {
    /// The word that run files use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Aborted => "aborted",
        }
    }

    /// The one-character mark that every rendering uses.
    #[must_use]
    pub const fn mark(self) -> char {
        match self {
            Self::Passed => '✓',
            Self::Skipped => '–',
            Self::Failed => '✗',
            Self::Aborted => '!',
        }
    }

    /// Whether this outcome makes a run end badly.
    #[must_use]
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::Failed | Self::Aborted)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_is_the_greatest() {
        let all = [Outcome::Passed, Outcome::Failed, Outcome::Aborted, Outcome::Skipped];
        assert_eq!(all.into_iter().max(), Some(Outcome::Aborted));
        assert!(Outcome::Failed > Outcome::Skipped && Outcome::Skipped > Outcome::Passed);
    }
}

//! How long workers wait for each other.

use std::time::Duration;

/// How long workers wait for each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How long others may take to come.
    pub(super) coming_ms: i64,
    /// How long a worker may be silent before it is taken for gone.
    pub(super) silence_ms: i64,
    /// How much later than now all begin.
    pub(super) ahead_ms: i64,
    /// How long others may still take to come when it is clear that nobody will begin, so that they
    /// are told as well.
    pub(super) grace_ms: i64,
    /// How long they may take to hear of it.
    pub(super) hearing_ms: i64,
    /// Between two signs of life.
    pub(super) beat: Duration,
    /// Between two looks at the board.
    pub(super) pause: Duration,
}

impl Limits {
    /// Those of every run.
    pub(super) const USUAL: Self = Self {
        coming_ms: 600_000,
        silence_ms: 45_000,
        ahead_ms: 3_000,
        grace_ms: 30_000,
        hearing_ms: 10_000,
        beat: Duration::from_secs(3),
        pause: Duration::from_millis(500),
    };

    /// How long others may take to come, in words.
    pub(super) fn coming(&self) -> String {
        match self.coming_ms / 60_000 {
            0 => format!("{} s", self.coming_ms / 1_000),
            minutes => format!("{minutes} minutes"),
        }
    }
}

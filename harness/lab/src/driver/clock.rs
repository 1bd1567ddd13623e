//! Virtual time, or real time.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, Instant};

use tributary_vocabulary::Timestamp;

/// Whose time a lab lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// Nothing sleeps: when everybody waits, time jumps to the next deadline.
    #[default]
    Virtual,
    /// A second takes a second.
    Real,
}

/// Text that names no clock.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no clock '{0}': the clocks are virtual and real")]
pub struct ClockError(pub String);

impl Clock {
    /// The name that commands and run files use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Virtual => "virtual",
            Self::Real => "real",
        }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Clock {
    type Err = ClockError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Virtual, Self::Real]
            .into_iter()
            .find(|clock| clock.name() == text)
            .ok_or_else(|| ClockError(text.to_owned()))
    }
}

/// The machine's own clock: for real time, and to tell how long a run took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WallClock {
    started: Instant,
    epoch: Timestamp,
}

impl WallClock {
    /// A wall clock that stands at `epoch` now.
    #[expect(clippy::disallowed_methods, reason = "the one edge that looks at the machine's clock")]
    pub(crate) fn starting_at(epoch: Timestamp) -> Self {
        Self { started: Instant::now(), epoch }
    }

    /// A wall clock that shows the machine's time.
    #[expect(clippy::disallowed_methods, reason = "at an endpoint time is the machine's")]
    pub(crate) fn of_the_machine() -> Self {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let ms = since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        Self::starting_at(Timestamp::from_ms(ms))
    }

    /// How long it has been running.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// The time, counted from its epoch.
    pub(crate) fn now(&self) -> Timestamp {
        self.epoch.plus_ms(i64::try_from(self.elapsed().as_millis()).unwrap_or(i64::MAX))
    }
}

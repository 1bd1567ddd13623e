//! How many events a second.

/// A number of events a second, all accounts together.
///
/// Any number can be held; a plan refuses one that is not finite, not above zero, or beyond what
/// an account can have.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Rate(f64);

impl Rate {
    /// The most events a second and account that a plan takes: 1,000,000.
    pub const MAX_PER_ACCOUNT: f64 = 1_000_000.0;

    /// This many events a second.
    #[must_use]
    pub const fn per_second(events: f64) -> Self {
        Self(events)
    }

    /// Events a second.
    #[must_use]
    pub const fn events_per_second(self) -> f64 {
        self.0
    }
}

impl From<f64> for Rate {
    fn from(events: f64) -> Self {
        Self(events)
    }
}

impl From<u32> for Rate {
    fn from(events: u32) -> Self {
        Self(f64::from(events))
    }
}

impl From<i32> for Rate {
    fn from(events: i32) -> Self {
        Self(f64::from(events))
    }
}

impl From<u64> for Rate {
    /// Exact up to 2⁵³.
    fn from(events: u64) -> Self {
        Self(events as f64)
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} events/s", self.0)
    }
}

//! Exit codes.

/// How the command ends, as its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything held.
    Passed = 0,
    /// Tributary itself went wrong.
    Internal = 1,
    /// The arguments are wrong.
    Usage = 2,
    /// Nothing was selected.
    NothingSelected = 4,
    /// A threshold did not hold.
    Threshold = 99,
    /// A delivery or contract assertion did not hold.
    Delivery = 100,
    /// Worse than the baseline.
    Regression = 101,
    /// The backend cannot be had.
    BackendUnavailable = 102,
    /// The scenario is wrong.
    ScenarioInvalid = 103,
    /// Interrupted.
    Interrupted = 105,
}

impl Exit {
    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}

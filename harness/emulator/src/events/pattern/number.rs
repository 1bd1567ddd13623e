//! Numbers of patterns and events, compared by their values.

use std::cmp::Ordering;

/// A JSON number: `8`, `8.0` and `80e-1` are one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    /// Without a fraction, exactly.
    Whole(i128),
    /// With one.
    Broken(f64),
}

/// `numeric` compares numbers up to this size only.
const LARGEST: f64 = 5.0e9;
/// Up to here every whole number has a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Number {
    /// The number as JSON has it.
    pub(super) fn of(number: &serde_json::Number) -> Option<Self> {
        if let Some(whole) = number.as_i128() {
            return Some(Self::Whole(whole));
        }
        let float = number.as_f64()?;
        if float.fract() == 0.0 && float.abs() <= EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
            return Some(Self::Whole(float as i128));
        }
        Some(Self::Broken(float))
    }

    /// Whether `numeric` compares it.
    pub(super) fn is_in_range(self) -> bool {
        self.float().abs() <= LARGEST
    }

    fn float(self) -> f64 {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "only near numbers are compared so")]
            Self::Whole(whole) => whole as f64,
            Self::Broken(float) => float,
        }
    }

    /// The order of the two.
    pub(super) fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => Some(one.cmp(&other)),
            _ => self.float().partial_cmp(&other.float()),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.order(*other) == Some(Ordering::Equal)
    }
}

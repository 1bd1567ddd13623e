//! How much a second.

use std::fmt;
use std::str::FromStr;

/// A number of events or of bytes a second, all accounts together.
///
/// Any number can be held; a plan refuses one that is not finite, not above zero, or beyond what
/// an account can have. As text: `500`, `500/s`, `20MiB/s`, `1.5GB/s`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Rate {
    value: f64,
    unit: Unit,
}

/// What a rate counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Events.
    Events,
    /// Bytes of messages, without line ends or anything that a service adds.
    Bytes,
}

/// Text that is not a rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is not a rate: it has to be events per second above 0, such as 500, or bytes, such as \
     20MiB/s"
)]
pub struct RateError(pub String);

/// Bytes of an average line of the default format.
const LINE: f64 = 112.0;
/// Names of units of bytes, and their bytes.
const UNITS: [(&str, f64); 7] = [
    ("KiB", 1024.0),
    ("MiB", 1_048_576.0),
    ("GiB", 1_073_741_824.0),
    ("kB", 1e3),
    ("MB", 1e6),
    ("GB", 1e9),
    ("B", 1.0),
];

impl Rate {
    /// The most events a second and account that a plan takes: 1,000,000.
    pub const MAX_PER_ACCOUNT: f64 = 1_000_000.0;

    /// This many events a second.
    #[must_use]
    pub const fn per_second(events: f64) -> Self {
        Self { value: events, unit: Unit::Events }
    }

    /// This many bytes of messages a second.
    ///
    /// A plan turns it into events by the mean length of some thousand messages of the same
    /// world, so that the number of events is exact and the bytes come close.
    #[must_use]
    pub const fn bytes_per_second(bytes: f64) -> Self {
        Self { value: bytes, unit: Unit::Bytes }
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.value
    }

    /// What it counts.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Events a second; for a rate in bytes, those of flow-log lines of an average length.
    #[must_use]
    pub const fn events_per_second(self) -> f64 {
        match self.unit {
            Unit::Events => self.value,
            Unit::Bytes => self.value / LINE,
        }
    }
}

impl From<f64> for Rate {
    fn from(events: f64) -> Self {
        Self::per_second(events)
    }
}

impl From<u32> for Rate {
    fn from(events: u32) -> Self {
        Self::per_second(f64::from(events))
    }
}

impl From<i32> for Rate {
    fn from(events: i32) -> Self {
        Self::per_second(f64::from(events))
    }
}

impl From<u64> for Rate {
    /// Exact up to 2⁵³.
    fn from(events: u64) -> Self {
        Self::per_second(events as f64)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Events => "events/s",
            Unit::Bytes => "B/s",
        };
        write!(f, "{} {unit}", self.value)
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || RateError(text.to_owned());
        let body = text.strip_suffix("/s").unwrap_or(text).trim();
        let (number, unit, factor) = UNITS
            .iter()
            .find_map(|(name, bytes)| {
                body.strip_suffix(name).map(|number| (number, Unit::Bytes, *bytes))
            })
            .unwrap_or((body.strip_suffix("events").unwrap_or(body), Unit::Events, 1.0));
        let value = number.trim().parse::<f64>().map_err(|_| wrong())? * factor;
        if value.is_finite() && value > 0.0 { Ok(Self { value, unit }) } else { Err(wrong()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_events_and_bytes() {
        for (text, rate) in [
            ("500", Rate::per_second(500.0)),
            ("0.5/s", Rate::per_second(0.5)),
            ("12 events/s", Rate::per_second(12.0)),
            ("20MiB/s", Rate::bytes_per_second(20.0 * 1_048_576.0)),
            ("1.5 kB/s", Rate::bytes_per_second(1_500.0)),
            ("100B", Rate::bytes_per_second(100.0)),
        ] {
            assert_eq!(text.parse(), Ok(rate), "{text}");
        }
        for text in ["", "0", "-1", "NaN", "inf", "10 parsecs", "MiB/s", "1e400"] {
            assert!(text.parse::<Rate>().is_err(), "{text}");
        }
    }
}

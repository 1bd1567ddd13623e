//! A moment in simulated or real time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Milliseconds in a second.
pub const SECOND_MS: i64 = 1_000;
/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
/// Milliseconds in an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A moment, as milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 2026-01-01T00:00:00Z: the epoch of every run that names no other.
    pub const DEFAULT_EPOCH: Self = Self(1_767_225_600_000);

    /// The moment `ms` milliseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// The moment `s` seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_s(s: i64) -> Self {
        Self(s * SECOND_MS)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn s(self) -> i64 {
        self.0.div_euclid(SECOND_MS)
    }

    /// Seconds with a millisecond fraction, as the AWS JSON protocols write times.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53 ms")]
    pub fn epoch_seconds(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The moment `ms` milliseconds later; saturates.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// The moment `s` seconds later; saturates.
    #[must_use]
    pub const fn plus_s(self, s: i64) -> Self {
        Self(self.0.saturating_add(s.saturating_mul(SECOND_MS)))
    }

    /// Milliseconds from `earlier` to this moment; negative when it is later.
    #[must_use]
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// The civil date and time in UTC, formatted as `strftime` does.
    ///
    /// An unknown directive in `format` gives the ISO form instead.
    #[must_use]
    pub fn format(self, format: &str) -> String {
        let utc = jiff::Timestamp::from_millisecond(self.0)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(jiff::tz::TimeZone::UTC);
        jiff::fmt::strtime::format(format, &utc).unwrap_or_else(|_| self.to_string())
    }
}

impl fmt::Display for Timestamp {
    /// ISO 8601 in UTC with milliseconds: `2026-01-01T00:00:00.000Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => write!(f, "{moment:.3}"),
            Err(_) => write!(f, "{} ms after 1970", self.0),
        }
    }
}

impl FromStr for Timestamp {
    type Err = jiff::Error;

    /// Reads an ISO 8601 moment with an offset, such as `2026-01-01T00:00:00Z`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<jiff::Timestamp>().map(|moment| Self(moment.as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_reads_utc() {
        assert_eq!(Timestamp::DEFAULT_EPOCH.to_string(), "2026-01-01T00:00:00.000Z");
        assert_eq!(
            "2026-01-01T00:00:00Z".parse::<Timestamp>().ok(),
            Some(Timestamp::DEFAULT_EPOCH)
        );
        assert_eq!(Timestamp::DEFAULT_EPOCH.plus_ms(1).format("%Y/%m/%d/%H/"), "2026/01/01/00/");
        assert_eq!(Timestamp::from_ms(-1).s(), -1);
    }
}

//! Date math: `now-15m`, `now/d`, `2025-01-01||+1M/d`.

use tributary_vocabulary::Timestamp;

use crate::opensearch::error::Failure;

use super::civil::Civil;
use super::{DAY_MS, DateFormat};

/// Whether a bound that names less than a millisecond means the first or the last of it:
/// `gt` and `lte` take the last, `gte` and `lt` the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// The first.
    Down,
    /// The last.
    Up,
}

/// A unit of date math and of calendar intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `y`
    Year,
    /// `q`, in calendar intervals only
    Quarter,
    /// `M`
    Month,
    /// `w`, from Monday
    Week,
    /// `d`
    Day,
    /// `h` or `H`
    Hour,
    /// `m`
    Minute,
    /// `s`
    Second,
}

impl Unit {
    fn of(letter: char) -> Option<Self> {
        Some(match letter {
            'y' => Self::Year,
            'M' => Self::Month,
            'w' => Self::Week,
            'd' => Self::Day,
            'h' | 'H' => Self::Hour,
            'm' => Self::Minute,
            's' => Self::Second,
            _ => return None,
        })
    }

    /// The start of the unit that `ms` falls in, at this offset from UTC.
    #[must_use]
    pub fn floor(self, ms: i64, zone_ms: i64) -> i64 {
        let local = ms + zone_ms;
        let date = Civil::from_ms(local);
        let first = Civil { day: 1, hour: 0, minute: 0, second: 0, milli: 0, ..date };
        let floored = match self {
            Self::Year => Civil { month: 1, ..first }.ms().unwrap_or(local),
            Self::Quarter => {
                Civil { month: (date.month - 1) / 3 * 3 + 1, ..first }.ms().unwrap_or(local)
            }
            Self::Month => first.ms().unwrap_or(local),
            Self::Week => local.div_euclid(DAY_MS) * DAY_MS - (date.weekday() - 1) * DAY_MS,
            Self::Day | Self::Hour | Self::Minute | Self::Second => {
                let length = self.fixed_ms();
                local.div_euclid(length) * length
            }
        };
        floored - zone_ms
    }

    /// `ms` moved by this many units.
    #[must_use]
    pub fn plus(self, ms: i64, count: i64) -> i64 {
        match self {
            Self::Year => months_later(ms, count * 12),
            Self::Quarter => months_later(ms, count * 3),
            Self::Month => months_later(ms, count),
            Self::Week | Self::Day | Self::Hour | Self::Minute | Self::Second => {
                ms.saturating_add(count.saturating_mul(self.fixed_ms()))
            }
        }
    }

    const fn fixed_ms(self) -> i64 {
        match self {
            Self::Week => 7 * DAY_MS,
            Self::Hour => 3_600_000,
            Self::Minute => 60_000,
            Self::Second => 1_000,
            Self::Day | Self::Month | Self::Quarter | Self::Year => DAY_MS,
        }
    }
}

fn months_later(ms: i64, months: i64) -> i64 {
    Civil::from_ms(ms).plus_months(months).ms().unwrap_or(ms)
}

/// Milliseconds since 1970 of a bound: a date in `format`, or date math on it or on `now`.
///
/// # Errors
/// `parse_exception` for math that is not, and the format's error for a date that is not.
pub fn evaluate(
    text: &str,
    format: &DateFormat,
    now: Timestamp,
    rounding: Rounding,
    zone_ms: i64,
) -> Result<i64, Failure> {
    let up = rounding == Rounding::Up;
    let (start, math) = if let Some(math) = text.strip_prefix("now") {
        (now.ms(), math)
    } else if let Some((date, math)) = text.split_once("||") {
        let up = up && math.is_empty();
        (format.parse(date, up, zone_ms).ok_or_else(|| unreadable(date, format))?, math)
    } else {
        return format.parse(text, up, zone_ms).ok_or_else(|| unreadable(text, format));
    };
    apply(math, start, up, zone_ms)
}

fn unreadable(text: &str, format: &DateFormat) -> Failure {
    let format = format.text();
    Failure::new(
        400,
        "parse_exception",
        format!(
            "failed to parse date field [{text}] with format [{format}]: [failed to parse date field [{text}] with format [{format}]]"
        ),
    )
}

fn apply(math: &str, start: i64, up: bool, zone_ms: i64) -> Result<i64, Failure> {
    let mut ms = start;
    let mut rest = math;
    while let Some(operator) = rest.chars().next() {
        rest = &rest[operator.len_utf8()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (count, after) = rest.split_at(digits);
        let Some(unit) = after.chars().next() else {
            return Err(truncated(math));
        };
        let Some(known) = Unit::of(unit) else {
            return Err(Failure::new(
                400,
                "parse_exception",
                format!("unit [{unit}] not supported for date math [{math}]"),
            ));
        };
        rest = &after[unit.len_utf8()..];
        let count: i64 =
            if count.is_empty() { 1 } else { count.parse().map_err(|_| truncated(math))? };
        match operator {
            '+' => ms = known.plus(ms, count),
            '-' => ms = known.plus(ms, -count),
            '/' if digits == 0 => {
                let floor = known.floor(ms, zone_ms);
                ms = if up { known.plus(floor, 1) - 1 } else { floor };
            }
            '/' => {
                return Err(Failure::new(
                    400,
                    "parse_exception",
                    format!("rounding `/` can only be used on single unit types [{math}]"),
                ));
            }
            _ => {
                return Err(Failure::new(
                    400,
                    "parse_exception",
                    format!("operator not supported for date math [{math}]"),
                ));
            }
        }
    }
    Ok(ms)
}

fn truncated(math: &str) -> Failure {
    Failure::new(400, "parse_exception", format!("truncated date math [{math}]"))
}

/// A time value such as `500ms`, `30s`, `1m`, `2h`, `7d`, in milliseconds.
#[must_use]
pub fn parse_duration(text: &str) -> Option<i64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = text.split_at(digits);
    let unit_ms = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" | "H" => 3_600_000,
        "d" => DAY_MS,
        "" if count == "0" => 1,
        _ => return None,
    };
    count.parse::<i64>().ok()?.checked_mul(unit_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evaluates() {
        let now: Timestamp = "2025-03-31T10:20:30.400Z".parse().unwrap();
        let format = DateFormat::compile(DateFormat::DEFAULT).unwrap();
        for (text, rounding, expected) in [
            ("now", Rounding::Down, "2025-03-31T10:20:30.400Z"),
            ("now-15m", Rounding::Down, "2025-03-31T10:05:30.400Z"),
            ("now-1d/d", Rounding::Down, "2025-03-30T00:00:00.000Z"),
            ("now/d", Rounding::Up, "2025-03-31T23:59:59.999Z"),
            ("now-1M", Rounding::Down, "2025-02-28T10:20:30.400Z"),
            ("now/M", Rounding::Up, "2025-03-31T23:59:59.999Z"),
            ("now/w", Rounding::Down, "2025-03-31T00:00:00.000Z"),
            ("now/y", Rounding::Down, "2025-01-01T00:00:00.000Z"),
            ("2025-01-01||+1M/d", Rounding::Down, "2025-02-01T00:00:00.000Z"),
            ("2025-01-01||+1h", Rounding::Up, "2025-01-01T01:00:00.000Z"),
            ("2025-01-01||/h", Rounding::Up, "2025-01-01T00:59:59.999Z"),
            ("2025-01-01", Rounding::Up, "2025-01-01T23:59:59.999Z"),
        ] {
            let ms = evaluate(text, &format, now, rounding, 0).unwrap();
            assert_eq!(Timestamp::from_ms(ms).to_string(), expected, "{text} {rounding:?}");
        }
    }

    #[test]
    fn refuses() {
        let now = Timestamp::from_ms(0);
        let format = DateFormat::compile(DateFormat::DEFAULT).unwrap();
        for text in ["now-15", "now-15x", "now*3d", "now/2d", "yesterday"] {
            let error = evaluate(text, &format, now, Rounding::Down, 0).unwrap_err();
            assert_eq!(error.kind(), "parse_exception", "{text}");
        }
    }

    #[test]
    fn durations() {
        assert_eq!(parse_duration("1m"), Some(60_000));
        assert_eq!(parse_duration("500ms"), Some(500));
        assert_eq!(parse_duration("1x"), None);
        assert_eq!(parse_duration("m"), None);
    }
}

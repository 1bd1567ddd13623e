//! A field's date format: alternatives separated by `||`.

use crate::opensearch::error::Failure;

use super::named;
use super::pattern::Pattern;

/// How a date field reads and prints (OpenSearch reference, "Dynamic mapping").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {
    text: String,
    ways: Vec<Way>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// `strict_date_optional_time`, and without `strict_` one digit where two are usual.
    DateOptionalTime(Pattern),
    EpochMillis,
    EpochSecond,
    Pattern(Pattern),
}

/// Date, then optionally time to the nanosecond, then optionally an offset.
const STRICT: &str = "yyyy[-MM[-dd['T'[HH[:mm[:ss[.n][,n]]][X]]]]]";
/// The same with one or two digits.
const LENIENT: &str = "y[-M[-d['T'[H[:m[:s[.n][,n]]][X]]]]]";

impl DateFormat {
    /// A date field's format when none is given.
    pub const DEFAULT: &'static str = "strict_date_optional_time||epoch_millis";
    /// The second format of `dynamic_date_formats` by default.
    pub const SLASHES: &'static str = "yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis";

    /// Compiles `a||b||c`, each a built-in name or a Java pattern.
    ///
    /// # Errors
    /// `illegal_argument_exception` `Invalid format: [x]: ...`.
    pub fn compile(text: &str) -> Result<Self, Failure> {
        if text.is_empty() {
            return Err(Failure::illegal_argument("No date pattern provided"));
        }
        let ways = text.split("||").map(Way::compile).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { text: text.to_owned(), ways })
    }

    /// The format's own text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Milliseconds since 1970 of a text in one of the alternatives, the first that fits. A text
    /// without offset is at `zone_ms`; with `up`, a missing time is the last of the day.
    #[must_use]
    pub fn parse(&self, text: &str, up: bool, zone_ms: i64) -> Option<i64> {
        self.ways.iter().find_map(|way| way.parse(text, up, zone_ms))
    }

    /// As [`parse`](Self::parse), in UTC, with OpenSearch's error.
    ///
    /// # Errors
    /// `illegal_argument_exception` `failed to parse date field [x] with format [y]`.
    pub fn read(&self, text: &str) -> Result<i64, Failure> {
        self.parse(text, false, 0).ok_or_else(|| self.unreadable(text))
    }

    /// The error for a text that none of the alternatives fits.
    #[must_use]
    pub fn unreadable(&self, text: &str) -> Failure {
        Failure::illegal_argument(format!(
            "failed to parse date field [{text}] with format [{}]",
            self.text
        ))
        .because(Failure::new(
            400,
            "date_time_parse_exception",
            "Failed to parse with all enclosed parsers",
        ))
    }

    /// Prints in the first alternative, at this offset.
    #[must_use]
    pub fn print(&self, ms: i64, zone_ms: i64) -> String {
        match &self.ways[0] {
            Way::EpochMillis => ms.to_string(),
            Way::EpochSecond if ms % 1_000 == 0 => (ms / 1_000).to_string(),
            Way::EpochSecond => format!("{}.{:03}", ms.div_euclid(1_000), ms.rem_euclid(1_000)),
            Way::DateOptionalTime(_) => {
                let date = super::Civil::from_ms(ms + zone_ms);
                let zone = if zone_ms == 0 {
                    "Z".to_owned()
                } else {
                    let minutes = zone_ms.abs() / 60_000;
                    let sign = if zone_ms < 0 { '-' } else { '+' };
                    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                };
                format!(
                    "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}{zone}",
                    date.year,
                    date.month,
                    date.day,
                    date.hour,
                    date.minute,
                    date.second,
                    date.milli
                )
            }
            Way::Pattern(pattern) => pattern.print(ms, zone_ms),
        }
    }
}

impl Way {
    fn compile(name: &str) -> Result<Self, Failure> {
        let compiled = |pattern: &str| {
            Pattern::compile(pattern).map_err(|what| {
                Failure::illegal_argument(format!(
                    "Invalid format: [{name}]: Unknown pattern letter: {what}"
                ))
            })
        };
        Ok(match name {
            "strict_date_optional_time" | "strict_date_optional_time_nanos" | "iso8601" => {
                Self::DateOptionalTime(compiled(STRICT)?)
            }
            "date_optional_time" => Self::DateOptionalTime(compiled(LENIENT)?),
            "epoch_millis" => Self::EpochMillis,
            "epoch_second" => Self::EpochSecond,
            _ => Self::Pattern(compiled(named::pattern(name).unwrap_or(name))?),
        })
    }

    fn parse(&self, text: &str, up: bool, zone_ms: i64) -> Option<i64> {
        match self {
            Self::EpochMillis => epoch(text, 1),
            Self::EpochSecond => epoch(text, 1_000),
            Self::DateOptionalTime(pattern) => {
                plain_utc(text.as_bytes()).or_else(|| pattern.parse(text, up, zone_ms))
            }
            Self::Pattern(pattern) => pattern.parse(text, up, zone_ms),
        }
    }
}

/// The form that nearly every log has, `2026-01-01T00:00:00Z` or with milliseconds, read at once.
fn plain_utc(text: &[u8]) -> Option<i64> {
    let milli = match text.len() {
        20 => 0,
        24 if text[19] == b'.' => number(&text[20..23])?,
        _ => return None,
    };
    let separators =
        [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (text.len() - 1, b'Z')];
    if separators.iter().any(|(at, byte)| text[*at] != *byte) {
        return None;
    }
    let civil = super::Civil {
        year: i64::from(number(&text[0..4])?),
        month: number(&text[5..7])?,
        day: number(&text[8..10])?,
        hour: number(&text[11..13])?,
        minute: number(&text[14..16])?,
        second: number(&text[17..19])?,
        milli,
    };
    civil.ms()
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |value, digit| {
        digit.is_ascii_digit().then(|| value * 10 + u32::from(digit - b'0'))
    })
}

/// A count of units since 1970, with an optional fraction.
fn epoch(text: &str, unit_ms: i64) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || !numeric(digits) || !numeric(fraction) || fraction.len() > 9 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = if unit_ms == 1 || fraction.is_empty() {
        0
    } else {
        format!("{fraction:0<3}")[..3].parse().ok()?
    };
    let signed = if text.starts_with('-') { -part } else { part };
    whole.checked_mul(unit_ms)?.checked_add(signed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tributary_vocabulary::Timestamp;

    #[test]
    fn reads_what_the_formats_read() {
        for (format, text, expected) in [
            ("strict_date_optional_time", "2025-01-01", Some("2025-01-01T00:00:00.000Z")),
            ("strict_date_optional_time", "2025-01", Some("2025-01-01T00:00:00.000Z")),
            ("strict_date_optional_time", "2025-01-01T00:00:00Z", Some("2025-01-01T00:00:00.000Z")),
            (
                "strict_date_optional_time",
                "2025-01-01T10:20:30.5+02:00",
                Some("2025-01-01T08:20:30.500Z"),
            ),
            (
                "strict_date_optional_time",
                "2025-01-01T10:20:30.123456789Z",
                Some("2025-01-01T10:20:30.123Z"),
            ),
            ("strict_date_optional_time", "2025-01-01T10:20", Some("2025-01-01T10:20:00.000Z")),
            (
                "strict_date_optional_time",
                "2025-01-01T10:20+0100",
                Some("2025-01-01T09:20:00.000Z"),
            ),
            ("strict_date_optional_time", "2025-1-1", None),
            ("strict_date_optional_time", "2025-02-30", None),
            ("strict_date_optional_time", "2025-01-01 10:20:30", None),
            ("strict_date_optional_time", "2025-01-01T25:00:00Z", None),
            ("strict_date_optional_time", "-", None),
            ("strict_date_optional_time", "2-abc", None),
            ("date_optional_time", "2025-1-1", Some("2025-01-01T00:00:00.000Z")),
            ("epoch_millis", "1735689600000", Some("2025-01-01T00:00:00.000Z")),
            ("epoch_second", "1735689600", Some("2025-01-01T00:00:00.000Z")),
            ("epoch_second", "1735689600.25", Some("2025-01-01T00:00:00.250Z")),
            ("yyyy/MM/dd HH:mm:ss||yyyy/MM/dd", "2025/01/01", Some("2025-01-01T00:00:00.000Z")),
            (
                "dd/MMM/yyyy:HH:mm:ss Z",
                "01/Jan/2025:02:00:00 +0200",
                Some("2025-01-01T00:00:00.000Z"),
            ),
            (
                "yyyy-MM-dd HH:mm:ss.SSS",
                "2025-01-01 00:00:00.007",
                Some("2025-01-01T00:00:00.007Z"),
            ),
            ("basic_date", "20250101", Some("2025-01-01T00:00:00.000Z")),
        ] {
            let read = DateFormat::compile(format).unwrap().parse(text, false, 0);
            assert_eq!(
                read.map(|ms| Timestamp::from_ms(ms).to_string()).as_deref(),
                expected,
                "{format} {text}"
            );
        }
    }

    #[test]
    fn fills_up_for_the_upper_bound() {
        let format = DateFormat::compile(DateFormat::DEFAULT).unwrap();
        let up = |text| Timestamp::from_ms(format.parse(text, true, 0).unwrap()).to_string();
        assert_eq!(up("2025-03-01"), "2025-03-01T23:59:59.999Z");
        assert_eq!(up("2025-03"), "2025-03-01T23:59:59.999Z");
        assert_eq!(up("2025-03-01T10"), "2025-03-01T10:59:59.999Z");
        assert_eq!(up("2025-03-01T10:00:00Z"), "2025-03-01T10:00:00.000Z");
    }

    #[test]
    fn prints() {
        for (format, expected) in [
            (DateFormat::DEFAULT, "2025-01-01T00:00:00.250Z"),
            ("epoch_millis", "1735689600250"),
            ("epoch_second", "1735689600.250"),
            ("yyyy-MM-dd", "2025-01-01"),
            ("dd/MMM/yyyy HH:mm:ss.SSS X", "01/Jan/2025 00:00:00.250 Z"),
            ("date_time", "2025-01-01T00:00:00.250Z"),
        ] {
            assert_eq!(DateFormat::compile(format).unwrap().print(1_735_689_600_250, 0), expected);
        }
    }

    #[test]
    fn refuses_unknown_letters() {
        let error = DateFormat::compile("yyyy-qq").unwrap_err();
        assert_eq!(error.kind(), "illegal_argument_exception");
        assert!(error.reason().starts_with("Invalid format: [yyyy-qq]"));
    }
}

//! Dates of conditions: ISO 8601 or seconds of the epoch, compared in milliseconds.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Milliseconds since 1970 of an ISO 8601 moment (`Z`, an offset, or neither), of a date without
/// a time, or of a count of seconds. Anything finer than a millisecond is cut off.
///
/// A bare four-digit number is seconds, not a year (the reference leaves it open).
pub(super) fn parse(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse::<i64>().ok()?.checked_mul(1000);
    }
    // The parser below takes more forms than ISO 8601 has; AWS's takes only those.
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"-:+.TZ".contains(&byte));
    if !plain || !text.as_bytes().get(..4)?.iter().all(u8::is_ascii_digit) {
        return None;
    }
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(moment.as_nanosecond().div_euclid(1_000_000))
            .and_then(|ms| ms.try_into().ok());
    }
    if !text.contains('T') {
        return in_utc(text.parse::<Date>().ok()?.at(0, 0, 0, 0));
    }
    in_utc(text.parse::<DateTime>().ok()?)
}

fn in_utc(moment: DateTime) -> Option<i64> {
    let nanoseconds = TimeZone::UTC.to_timestamp(moment).ok()?.as_nanosecond();
    nanoseconds.div_euclid(1_000_000).try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_the_forms_aws_reads() {
        let new_year = 1_893_456_000_000;
        for text in [
            "2030-01-01T00:00:00Z",
            "2030-01-01T00:00:00",
            "2030-01-01T00:00:00.0001Z",
            "2030-01-01T01:00:00+01:00",
            "2030-01-01T00:00Z",
            "2030-01-01",
            "1893456000",
            "+1893456000",
        ] {
            assert_eq!(parse(text), Some(new_year), "{text}");
        }
        assert_eq!(parse("2030-01-01T00:00:00.1239Z"), Some(new_year + 123));
        for bad in ["", "not-a-date", "2030-13-01", "2030-01-01T25:00:00Z", "2030-01-01 ", "-", "T"]
        {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}

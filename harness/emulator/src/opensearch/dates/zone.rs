//! Offsets from UTC.

/// The offset of `Z`, `UTC`, `GMT`, `+01:00`, `-0530` or `+05`, in milliseconds.
///
/// Regions such as `Europe/Berlin` are not known: the emulation carries no time zone database, so
/// that a run does not depend on the machine's.
#[must_use]
pub fn parse_zone(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "UTC" | "GMT") {
        return Some(0);
    }
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = match digits.len() {
        2 => (digits, "00"),
        4 if digits.is_ascii() => digits.split_at(2),
        5 => digits.split_once(':')?,
        _ => return None,
    };
    let number = |part: &str| {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i64>().ok())
            .flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_offsets() {
        for (text, minutes) in [
            ("Z", Some(0)),
            ("UTC", Some(0)),
            ("+01:00", Some(60)),
            ("-0530", Some(-330)),
            ("+05", Some(300)),
            ("+1", None),
            ("01:00", None),
            ("+01:0", None),
            ("+99:00", None),
            ("Europe/Berlin", None),
        ] {
            assert_eq!(parse_zone(text), minutes.map(|m| m * 60_000), "{text}");
        }
    }
}

//! Counts and decimals.

/// The thousands separator of a terminal: what the reader types when looking for the number.
pub(crate) const PLAIN: char = ' ';
/// The thousands separator of a page: narrow, and no line breaks at it.
pub(crate) const NARROW: char = '\u{202f}';

/// `450 000`: groups of three, with `separator` between them.
pub(crate) fn count(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A number with up to `places` decimals, without zeros at its end, its thousands separated.
pub(crate) fn decimal(number: f64, places: usize, separator: char) -> String {
    let fixed = format!("{:.places$}", number.abs());
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole| count(whole, separator));
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if number < 0.0 && (whole != "0" || !fraction.is_empty()) { "-" } else { "" };
    format!("{sign}{whole}{point}{fraction}")
}

/// `99.7 %`: `part` of `whole`. It says 100 % only when nothing is missing, and 0 % only when
/// nothing is there.
#[expect(clippy::cast_precision_loss, reason = "a share to one decimal")]
pub(crate) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let share = part as f64 / whole as f64 * 100.0;
    let shown = match part {
        0 => 0.0,
        _ if part == whole => 100.0,
        _ if part < whole => share.clamp(0.1, 99.9),
        _ => share,
    };
    format!("{} %", decimal(shown, 1, PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1 000"), (12_345_678, "12 345 678")]
        {
            assert_eq!(count(number, PLAIN), text);
        }
    }

    #[test]
    fn decimals_lose_their_zeros() {
        for (number, places, text) in [
            (500.0, 1, "500"),
            (0.25, 1, "0.2"),
            (1_234.5, 2, "1 234.5"),
            (-3.0, 0, "-3"),
            (-0.01, 1, "0"),
            (f64::NAN, 1, "NaN"),
        ] {
            assert_eq!(decimal(number, places, PLAIN), text);
        }
    }

    #[test]
    fn a_share_never_rounds_a_loss_away() {
        for (part, whole, text) in [
            (0, 0, "–"),
            (0, 5, "0 %"),
            (1, 1_000_000, "0.1 %"),
            (999_999, 1_000_000, "99.9 %"),
            (5, 5, "100 %"),
            (6, 5, "120 %"),
        ] {
            assert_eq!(percent(part, whole), text);
        }
    }
}

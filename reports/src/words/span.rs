//! Latencies, durations and moments.

use tributary_vocabulary::Timestamp;

use super::{PLAIN, decimal};

/// A latency, with as many digits as one compares: `850 ms`, `1.2 s`, `119 s`, `6.1 min`, `3 h`.
#[expect(clippy::cast_precision_loss, reason = "a latency to two or three digits")]
pub(crate) fn latency(ms: u64) -> String {
    let s = ms as f64 / 1_000.0;
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..9_950 => format!("{s:.1} s"),
        9_950..179_500 => format!("{s:.0} s"),
        179_500..7_200_000 => format!("{} min", decimal(s / 60.0, 1, PLAIN)),
        _ => format!("{} h", decimal(s / 3_600.0, 1, PLAIN)),
    }
}

/// A duration of simulated time: `4.5 s`, `15 min 0 s`, `1 h 5 min`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded and not negative; a cast saturates"
)]
pub(crate) fn span(s: f64) -> String {
    if s < 59.95 {
        return format!("{} s", decimal(s.max(0.0), 1, PLAIN));
    }
    let whole = s.round() as u64;
    match whole {
        0..3_600 => format!("{} min {} s", whole / 60, whole % 60),
        3_600..172_800 => format!("{} h {} min", whole / 3_600, whole % 3_600 / 60),
        _ => format!("{} d {} h", whole / 86_400, whole % 86_400 / 3_600),
    }
}

/// A duration of real time: `42 ms`, `1.9 s`, `3 min 4 s`.
pub(crate) fn wall(s: f64) -> String {
    if s < 0.9995 { format!("{:.0} ms", s.max(0.0) * 1_000.0) } else { span(s) }
}

/// `2026-01-01T00:00:04.211Z`.
pub(crate) fn moment(ms: i64) -> String {
    Timestamp::from_ms(ms).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latencies_keep_the_digits_that_matter() {
        for (ms, text) in [
            (0, "0 ms"),
            (999, "999 ms"),
            (1_210, "1.2 s"),
            (9_960, "10 s"),
            (121_000, "121 s"),
            (179_500, "3 min"),
            (366_100, "6.1 min"),
            (10_800_000, "3 h"),
        ] {
            assert_eq!(latency(ms), text);
        }
    }

    #[test]
    fn durations_are_said_as_one_says_them() {
        for (s, text) in [
            (0.0, "0 s"),
            (59.94, "59.9 s"),
            (59.96, "1 min 0 s"),
            (900.0, "15 min 0 s"),
            (3_900.0, "1 h 5 min"),
            (604_800.0, "7 d 0 h"),
        ] {
            assert_eq!(span(s), text);
        }
        assert_eq!(wall(0.0421), "42 ms");
        assert_eq!(wall(1.912), "1.9 s");
    }

    #[test]
    fn moments_are_iso() {
        assert_eq!(moment(1_767_225_604_211), "2026-01-01T00:00:04.211Z");
    }
}

//! Shapes as text, for commands and scenarios.

use std::str::FromStr;
use std::time::Duration;

use crate::Shape;
use crate::meant::meant;

/// Text that is not a shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{text}' is not a shape{hint}: give constant, ramp:FROM..TO, burst:EVERY/FOR/TIMES, step:AFTER=TIMES,…, or daily:PEAK_TO_TROUGH, such as burst:10m/30s/10"
)]
pub struct ShapeTextError {
    /// What was given.
    pub text: String,
    /// What may have been meant, or nothing.
    pub hint: String,
}

impl FromStr for Shape {
    type Err = ShapeTextError;

    /// Reads `constant`, `ramp:0.5..2`, `burst:10m/30s/10` (every 10 minutes, for 30 seconds, ten
    /// times the rate), `step:5m=2,10m=0.5` or `daily:4`. Factors are times the rate.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, rest) = text.split_once(':').unwrap_or((text, ""));
        let hint = if ["constant", "ramp", "burst", "step", "daily"].contains(&name) {
            String::new()
        } else {
            meant(name, ["constant", "ramp", "burst", "step", "daily"])
        };
        read(name, rest).ok_or_else(|| ShapeTextError { text: text.to_owned(), hint })
    }
}

fn read(name: &str, rest: &str) -> Option<Shape> {
    match name {
        "constant" if rest.is_empty() => Some(Shape::Constant),
        "ramp" => {
            let (from, to) = rest.split_once("..")?;
            Some(Shape::Ramp { from: factor(from)?, to: factor(to)? })
        }
        "burst" => {
            let mut parts = rest.split('/');
            let (every, lasting, times) = (parts.next()?, parts.next()?, parts.next()?);
            parts.next().is_none().then_some(())?;
            Some(Shape::Burst {
                every_ms: ms(every)?,
                lasting_ms: ms(lasting)?,
                factor: factor(times)?,
            })
        }
        "step" => {
            let step = |part: &str| {
                let (after, times) = part.split_once('=')?;
                Some((ms(after)?, factor(times)?))
            };
            Some(Shape::Steps(rest.split(',').map(step).collect::<Option<_>>()?))
        }
        "daily" if rest.is_empty() => Some(Shape::Daily { peak_to_trough: 4.0 }),
        "daily" => Some(Shape::Daily { peak_to_trough: factor(rest)? }),
        _ => None,
    }
}

fn factor(text: &str) -> Option<f64> {
    text.parse().ok().filter(|factor: &f64| factor.is_finite() && *factor >= 0.0)
}

fn ms(text: &str) -> Option<i64> {
    if text == "0" {
        return Some(0);
    }
    duration(text).and_then(|duration| i64::try_from(duration.as_millis()).ok())
}

/// A length of time such as `500ms`, `90s`, `15m`, `2h` or `1h30m`.
#[must_use]
pub fn duration(text: &str) -> Option<Duration> {
    let mut total = 0_u64;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = rest.split_at(digits);
        let letters = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (unit, after) = after.split_at(letters);
        let unit = match unit {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(unit)?)?;
        rest = after;
    }
    (total > 0).then(|| Duration::from_millis(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_shape() {
        for (text, shape) in [
            ("constant", Shape::Constant),
            ("ramp:0..2.5", Shape::Ramp { from: 0.0, to: 2.5 }),
            (
                "burst:10m/30s/10",
                Shape::Burst { every_ms: 600_000, lasting_ms: 30_000, factor: 10.0 },
            ),
            ("step:0=2,1h30m=0.5", Shape::Steps(vec![(0, 2.0), (5_400_000, 0.5)])),
            ("daily:6", Shape::Daily { peak_to_trough: 6.0 }),
        ] {
            assert_eq!(text.parse(), Ok(shape), "{text}");
        }
        for text in ["", "ramp", "ramp:1", "burst:1m/2", "step:5=2", "daily:-1", "constant:2"] {
            assert!(text.parse::<Shape>().is_err(), "{text}");
        }
        let error = "brust:1m/1s/2".parse::<Shape>().unwrap_err().to_string();
        assert!(error.contains("did you mean 'burst'?"), "{error}");
    }
}

//! How a load's rate changes over its duration.

/// How the rate changes over a load's duration.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Shape {
    /// The same rate throughout.
    #[default]
    Constant,
    /// From `from` times the rate at the start to `to` times the rate at the end, in a line.
    Ramp {
        /// Factor at the start.
        from: f64,
        /// Factor at the end.
        to: f64,
    },
    /// The rate, and `factor` times the rate for `lasting_ms` at the end of every `every_ms`.
    Burst {
        /// Length of a period, in milliseconds.
        every_ms: i64,
        /// Length of the burst in each period, in milliseconds.
        lasting_ms: i64,
        /// Factor during the burst.
        factor: f64,
    },
    /// The rate times the factor of the last step that has begun; 1 before the first.
    Steps(
        /// (milliseconds after the load's start, factor), ascending.
        Vec<(i64, f64)>,
    ),
    /// The day of an office: the trough at 03:00 UTC, the peak, `peak_to_trough` times as high,
    /// from 10:00 to 16:00 UTC, straight lines between; the mean over the day is the rate.
    Daily {
        /// Peak over trough; 3 to 8 is usual.
        peak_to_trough: f64,
    },
}

/// What is wrong with a shape, as the end of a sentence about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// A factor is not finite or is negative.
    #[error("its factors have to be finite and not negative")]
    Factor,
    /// The burst does not fit its period.
    #[error("a burst has to be shorter than its period, and both longer than 0 ms")]
    Period,
    /// Steps are not in order.
    #[error("its steps have to be in ascending order of time, the first not before 0")]
    Order,
    /// The load is too long for its burst period.
    #[error("it has more than 1,000,000 changes of rate")]
    TooFine,
}

/// A piecewise linear rate, in events a second over milliseconds from the load's start.
#[derive(Debug, Clone)]
pub(crate) struct Curve {
    /// Ascending, gapless.
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    from_ms: i64,
    to_ms: i64,
    rate_from: f64,
    rate_to: f64,
    /// Events before this piece.
    before: f64,
}

const DAY_MS: i64 = 86_400_000;

impl Curve {
    /// The curve of a shape around `rate` events a second; `start_ms` is the time of day's origin.
    pub(crate) fn new(
        shape: &Shape,
        rate: f64,
        duration_ms: i64,
        start_ms: i64,
    ) -> Result<Self, ShapeError> {
        let knots = shape.knots(duration_ms, start_ms)?;
        let mut pieces = Vec::with_capacity(knots.len());
        let mut before = 0.0;
        for (from_ms, to_ms, from, to) in knots {
            let (from_ms, to_ms, from, to) = clip(from_ms, to_ms, from, to, duration_ms);
            if to_ms <= from_ms {
                continue;
            }
            let piece =
                Piece { from_ms, to_ms, rate_from: from * rate, rate_to: to * rate, before };
            before = piece.cumulative(to_ms);
            pieces.push(piece);
        }
        Ok(Self { pieces })
    }

    /// Events that are due before `at_ms`, rounded half up.
    pub(crate) fn events_before(&self, at_ms: i64) -> u64 {
        let Some(piece) = self.piece(at_ms) else { return 0 };
        (piece.cumulative(at_ms.clamp(piece.from_ms, piece.to_ms)) + 0.5).floor() as u64
    }

    /// Events of the whole curve, not rounded.
    pub(crate) fn total(&self) -> f64 {
        self.pieces.last().map_or(0.0, |piece| piece.cumulative(piece.to_ms))
    }

    /// Events a second at `at_ms`.
    pub(crate) fn rate_at(&self, at_ms: i64) -> f64 {
        self.piece(at_ms).map_or(0.0, |piece| piece.rate(at_ms.clamp(piece.from_ms, piece.to_ms)))
    }

    /// The highest rate of the curve.
    pub(crate) fn peak(&self) -> f64 {
        self.pieces.iter().fold(0.0, |peak, piece| peak.max(piece.rate_from).max(piece.rate_to))
    }

    /// The piece that holds `at_ms`, or the nearest one.
    fn piece(&self, at_ms: i64) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.from_ms <= at_ms);
        self.pieces.get(after.saturating_sub(1))
    }
}

impl Piece {
    fn rate(&self, at_ms: i64) -> f64 {
        let share = (at_ms - self.from_ms) as f64 / (self.to_ms - self.from_ms) as f64;
        self.rate_from + (self.rate_to - self.rate_from) * share
    }

    /// Multiplied before it is divided, so that whole results come out whole.
    fn cumulative(&self, at_ms: i64) -> f64 {
        let mean = (self.rate_from + self.rate(at_ms)) / 2.0;
        self.before + mean * (at_ms - self.from_ms) as f64 / 1_000.0
    }
}

/// A piece cut to `0..duration_ms`.
fn clip(from_ms: i64, to_ms: i64, from: f64, to: f64, duration_ms: i64) -> (i64, i64, f64, f64) {
    let at = |ms: i64| from + (to - from) * (ms - from_ms) as f64 / (to_ms - from_ms).max(1) as f64;
    let (low, high) = (from_ms.max(0), to_ms.min(duration_ms));
    (
        low,
        high,
        if low == from_ms { from } else { at(low) },
        if high == to_ms { to } else { at(high) },
    )
}

type Knot = (i64, i64, f64, f64);

impl Shape {
    fn knots(&self, duration_ms: i64, start_ms: i64) -> Result<Vec<Knot>, ShapeError> {
        let bad = |factor: f64| !factor.is_finite() || factor < 0.0;
        match self {
            Self::Constant => Ok(vec![(0, duration_ms, 1.0, 1.0)]),
            Self::Ramp { from, to } if bad(*from) || bad(*to) => Err(ShapeError::Factor),
            Self::Ramp { from, to } => Ok(vec![(0, duration_ms, *from, *to)]),
            Self::Burst { factor, .. } if bad(*factor) => Err(ShapeError::Factor),
            Self::Burst { every_ms, lasting_ms, factor } => {
                burst(duration_ms, *every_ms, *lasting_ms, *factor)
            }
            Self::Steps(steps) if steps.iter().any(|(_, factor)| bad(*factor)) => {
                Err(ShapeError::Factor)
            }
            Self::Steps(steps) => stairs(duration_ms, steps),
            Self::Daily { peak_to_trough } if bad(*peak_to_trough) || *peak_to_trough < 1.0 => {
                Err(ShapeError::Factor)
            }
            Self::Daily { peak_to_trough } => Ok(daily(duration_ms, start_ms, *peak_to_trough)),
        }
    }
}

fn burst(
    duration_ms: i64,
    every_ms: i64,
    lasting_ms: i64,
    factor: f64,
) -> Result<Vec<Knot>, ShapeError> {
    if lasting_ms <= 0 || every_ms <= lasting_ms {
        return Err(ShapeError::Period);
    }
    if duration_ms / every_ms > 500_000 {
        return Err(ShapeError::TooFine);
    }
    Ok((0..=duration_ms / every_ms)
        .flat_map(|n| {
            let (from, to) = (n * every_ms, (n + 1) * every_ms);
            [(from, to - lasting_ms, 1.0, 1.0), (to - lasting_ms, to, factor, factor)]
        })
        .collect())
}

fn stairs(duration_ms: i64, steps: &[(i64, f64)]) -> Result<Vec<Knot>, ShapeError> {
    let ordered = steps.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if !ordered || steps.first().is_some_and(|first| first.0 < 0) {
        return Err(ShapeError::Order);
    }
    let mut knots = Vec::with_capacity(steps.len() + 1);
    let mut last = (0, 1.0);
    for &(after_ms, factor) in steps {
        knots.push((last.0, after_ms, last.1, last.1));
        last = (after_ms, factor);
    }
    knots.push((last.0, duration_ms.max(last.0), last.1, last.1));
    Ok(knots)
}

/// Trough at 03:00, peak from 10:00 to 16:00, scaled so that a day's mean is 1.
fn daily(duration_ms: i64, start_ms: i64, peak_to_trough: f64) -> Vec<Knot> {
    const HOUR: i64 = DAY_MS / 24;
    // Of 24 hours, 6 are at the peak and 18 on a slope whose mean is half way.
    let trough = 24.0 / (6.0 * peak_to_trough + 9.0 * (1.0 + peak_to_trough));
    let peak = trough * peak_to_trough;
    let mut knots = Vec::new();
    let mut midnight = -start_ms.rem_euclid(DAY_MS) - DAY_MS;
    while midnight < duration_ms {
        knots.push((midnight + 3 * HOUR, midnight + 10 * HOUR, trough, peak));
        knots.push((midnight + 10 * HOUR, midnight + 16 * HOUR, peak, peak));
        knots.push((midnight + 16 * HOUR, midnight + 27 * HOUR, peak, trough));
        midnight += DAY_MS;
    }
    knots
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn total(shape: &Shape, rate: f64, duration_ms: i64) -> u64 {
        Curve::new(shape, rate, duration_ms, 0).unwrap().events_before(duration_ms)
    }

    #[test]
    fn totals_are_the_integral() {
        assert_eq!(total(&Shape::Constant, 500.0, 900_000), 450_000);
        assert_eq!(total(&Shape::Constant, 1.0 / 3.0, 1_000), 0);
        assert_eq!(total(&Shape::Constant, 0.5, 1_000), 1);
        assert_eq!(total(&Shape::Ramp { from: 0.0, to: 2.0 }, 100.0, 60_000), 6_000);
        let burst = Shape::Burst { every_ms: 60_000, lasting_ms: 6_000, factor: 10.0 };
        assert_eq!(total(&burst, 100.0, 120_000), 2 * (5_400 + 6_000));
        assert_eq!(total(&burst, 100.0, 57_000), 5_400 + 3_000);
        assert_eq!(total(&Shape::Steps(vec![(10_000, 2.0)]), 10.0, 20_000), 100 + 200);
        assert_eq!(total(&Shape::Steps(vec![(30_000, 2.0)]), 10.0, 20_000), 200);
        assert_eq!(total(&Shape::Daily { peak_to_trough: 4.0 }, 10.0, DAY_MS), 864_000);
    }

    #[test]
    fn a_day_peaks_at_noon() {
        let curve = Curve::new(&Shape::Daily { peak_to_trough: 4.0 }, 1.0, DAY_MS, 0).unwrap();
        let noon = curve.rate_at(DAY_MS / 2);
        assert!((noon / curve.rate_at(DAY_MS / 8) - 4.0).abs() < 1e-9);
        assert!((curve.peak() - noon).abs() < 1e-9);
    }

    #[test]
    fn refuses_what_cannot_be() {
        let error = |shape: Shape| Curve::new(&shape, 1.0, 1_000, 0).err();
        assert_eq!(error(Shape::Ramp { from: -1.0, to: 1.0 }), Some(ShapeError::Factor));
        assert_eq!(
            error(Shape::Burst { every_ms: 5, lasting_ms: 5, factor: 1.0 }),
            Some(ShapeError::Period)
        );
        assert_eq!(error(Shape::Steps(vec![(5, 1.0), (5, 2.0)])), Some(ShapeError::Order));
        assert_eq!(error(Shape::Daily { peak_to_trough: 0.5 }), Some(ShapeError::Factor));
    }

    proptest! {
        #[test]
        fn counts_never_fall(rate in 0.01_f64..5_000.0, from in 0.0_f64..3.0, to in 0.0_f64..3.0) {
            let curve = Curve::new(&Shape::Ramp { from, to }, rate, 100_000, 0).unwrap();
            let counts: Vec<u64> = (0..=100).map(|s| curve.events_before(s * 1_000)).collect();
            prop_assert!(counts.windows(2).all(|pair| pair[0] <= pair[1]));
            let exact = (rate * 100.0 * (from + to) / 2.0 + 0.5).floor();
            prop_assert!((counts[100] as f64 - exact).abs() <= 1.0);
        }
    }
}

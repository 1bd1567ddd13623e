//! How many packets a flow has.

use tributary_vocabulary::Seed;

use crate::dice::Dice;

/// Weight (of 10,000) and bound of the uniform parts of the published mixture of flow lengths
/// (flow-log reference, 3.1).
const UNIFORM: [(u32, u32); 6] = [(3050, 1), (2484, 2), (637, 3), (492, 4), (93, 5), (822, 6)];

/// Weight (of 10,000), sigma and median of its lognormal parts.
const LOGNORMAL: [(u32, f64, f64); 4] =
    [(1313, 0.521, 7.81), (733, 0.770, 22.1), (293, 1.125, 128.6), (83, 1.984, 1084.5)];

const ENTRIES: u32 = 8_192;
const MOST: f64 = 4_000_000.0;

/// Lengths of flows in packets, drawn once and picked from: the tail is heavy, the draw is one
/// look-up.
#[derive(Debug, Clone)]
pub(crate) struct Lengths(Vec<u32>);

impl Lengths {
    pub(crate) fn new(seed: Seed) -> Self {
        let mut dice = Dice::of(seed.child("lengths"));
        Self((0..ENTRIES).map(|_| draw(&mut dice)).collect())
    }

    /// At least 1; long ones are varied, so that no length stands out by being picked twice.
    pub(crate) fn sample(&self, dice: &mut Dice) -> u32 {
        let length = self.0[dice.below(ENTRIES) as usize];
        if length < 16 { length } else { length - length / 8 + dice.below(length / 4) }
    }
}

fn draw(dice: &mut Dice) -> u32 {
    let mut at = dice.below(10_000);
    for (weight, bound) in UNIFORM {
        if at < weight {
            return dice.between(1, bound);
        }
        at -= weight;
    }
    for (weight, sigma, median) in LOGNORMAL {
        if at < weight {
            return (median * exp(sigma * normal(dice))).ceil().clamp(1.0, MOST) as u32;
        }
        at -= weight;
    }
    1
}

/// Twelve uniform numbers are normal enough, and the same on every platform.
fn normal(dice: &mut Dice) -> f64 {
    (0..12).map(|_| dice.unit()).sum::<f64>() - 6.0
}

/// eˣ for |x| < 16 by basic operations alone: the platform's own function may differ in the last
/// bit, and files made from a seed may not.
fn exp(x: f64) -> f64 {
    let small = x / 64.0;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..12 {
        term *= small / f64::from(n);
        sum += term;
    }
    for _ in 0..6 {
        sum *= sum;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_one() {
        for x in [-12.0, -1.0, 0.0, 0.5, 1.0, 11.9] {
            assert!((exp(x) / f64::exp(x) - 1.0).abs() < 1e-9, "{x}");
        }
    }

    #[test]
    fn the_median_is_small_and_the_tail_is_heavy() {
        let lengths = Lengths::new(Seed::new(1));
        let mut dice = Dice::at(1, 2, 3);
        let mut drawn: Vec<u64> =
            (0..100_000).map(|_| u64::from(lengths.sample(&mut dice))).collect();
        drawn.sort_unstable();
        assert!((1..=3).contains(&drawn[50_000]), "median {}", drawn[50_000]);
        assert!((150..5_000).contains(&drawn[99_000]), "p99 {}", drawn[99_000]);
        let (all, top): (u64, u64) = (drawn.iter().sum(), drawn[99_000..].iter().sum());
        assert!(top * 2 > all, "the top hundredth has most packets");
        let mean = all as f64 / 100_000.0;
        assert!((40.0..140.0).contains(&mean), "published mean 78.6, got {mean}");
    }
}

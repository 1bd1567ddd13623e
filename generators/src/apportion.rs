//! Whole numbers, divided by weights without a remainder.

/// Divides a running count between holders so that every holder's count only grows and all
/// together are always exactly the total.
///
/// Equal weights are dealt round robin. Other weights are dealt in runs, a holder's weight at a
/// time, after their common divisor is taken out.
#[derive(Debug, Clone)]
pub(crate) struct Deal {
    weights: Vec<u64>,
    period: u64,
}

impl Deal {
    /// A deal by these weights; `None` when all are 0.
    pub(crate) fn new(weights: &[u32]) -> Option<Self> {
        let divisor = weights.iter().fold(0, |a, &b| gcd(a, u64::from(b)));
        if divisor == 0 {
            return None;
        }
        let weights: Vec<u64> = weights.iter().map(|&weight| u64::from(weight) / divisor).collect();
        let period = weights.iter().sum();
        Some(Self { weights, period })
    }

    /// What each holder has got when `from..to` has been dealt, in the order of the weights.
    pub(crate) fn between(&self, from: u64, to: u64) -> impl Iterator<Item = u64> {
        let mut before = 0;
        self.weights.iter().map(move |&weight| {
            let held = |total: u64| {
                weight * (total / self.period)
                    + (total % self.period).saturating_sub(before).min(weight)
            };
            let dealt = held(to) - held(from);
            before += weight;
            dealt
        })
    }

    /// A holder's share of the whole.
    pub(crate) fn share(&self, holder: usize) -> f64 {
        self.weights[holder] as f64 / self.period as f64
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_weights_go_round() {
        let deal = Deal::new(&[5, 5, 5]).unwrap();
        assert_eq!(deal.between(0, 4).collect::<Vec<_>>(), [2, 1, 1]);
        assert_eq!(deal.between(4, 9).collect::<Vec<_>>(), [1, 2, 2]);
        assert!(Deal::new(&[0, 0]).is_none());
        assert!(Deal::new(&[]).is_none());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_between_steps(
            weights in prop::collection::vec(0_u32..50, 1..20),
            cuts in prop::collection::vec(0_u64..10_000, 2..10),
        ) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let deal = Deal::new(&weights).unwrap();
            let mut cuts = cuts;
            cuts.sort_unstable();
            for pair in cuts.windows(2) {
                prop_assert_eq!(deal.between(pair[0], pair[1]).sum::<u64>(), pair[1] - pair[0]);
            }
        }
    }
}

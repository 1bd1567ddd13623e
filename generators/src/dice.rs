//! Cheap random numbers that are addressed and not drawn in order.

use tributary_vocabulary::Seed;

const STEP: u64 = 0xa076_1d64_78bd_642f;
const WEAVE: u64 = 0xe703_7ed1_a0b4_28db;

/// A short stream of numbers at an address of the world.
///
/// A connection is looked at from both of its ends, in any order and by any worker, so its
/// numbers come from where it is (edge, slot, place) and never from what was drawn before it.
/// A ChaCha stream per connection would cost more than the line that is written from it; the
/// address itself is derived from the run's seed tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dice(u64);

/// The two halves of the product, folded.
const fn fold(a: u64, b: u64) -> u64 {
    let product = (a as u128) * (b as u128);
    (product as u64) ^ ((product >> 64) as u64)
}

/// A bijection of 64-bit numbers: different numbers stay different.
pub(crate) const fn scatter(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    /// The stream at `(key, a, b)`.
    pub(crate) const fn at(key: u64, a: u64, b: u64) -> Self {
        Self(fold(fold(key ^ a ^ STEP, WEAVE ^ b.wrapping_mul(STEP)), STEP ^ b))
    }

    /// The stream of this node of the seed tree.
    pub(crate) const fn of(seed: Seed) -> Self {
        Self(seed.number())
    }

    /// Where the stream stands, as the root of other streams.
    pub(crate) const fn root(self) -> u64 {
        self.0
    }

    /// The next 64 bits.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        fold(self.0, self.0 ^ WEAVE)
    }

    /// A number in `0..bound`; 0 when `bound` is 0.
    pub(crate) const fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * bound as u64) >> 32) as u32
    }

    /// A number in `from..=to`.
    pub(crate) const fn between(&mut self, from: u32, to: u32) -> u32 {
        from + self.below(to - from + 1)
    }

    /// True in `share` of 1,000 cases.
    pub(crate) const fn permille(&mut self, share: u32) -> bool {
        self.below(1_000) < share
    }

    /// A number in `0.0..1.0`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of `items`; the first when the slice is empty is never asked for.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u32) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn neighbours_do_not_resemble_each_other() {
        let mut seen = BTreeSet::new();
        for a in 0..100 {
            for b in 0..100 {
                seen.insert(Dice::at(7, a, b).next());
            }
        }
        assert_eq!(seen.len(), 10_000);
    }

    #[test]
    fn numbers_fill_their_range_evenly() {
        let mut counts = [0_u32; 10];
        for a in 0..100_000 {
            counts[Dice::at(1, a, 0).below(10) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
        let mut dice = Dice::of(Seed::new(1));
        assert!((0..1_000).all(|_| (3..=5).contains(&dice.between(3, 5))));
    }
}

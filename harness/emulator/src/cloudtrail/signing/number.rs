//! Powers modulo an odd number, by Montgomery's method.

/// A number of `N` limbs of 64 bits, the lowest first.
pub(super) type Number<const N: usize> = [u64; N];

/// An odd modulus whose highest bit is set, and what Montgomery's method wants to know of it.
///
/// With R = 2^(64 N), a number `x` in Montgomery's form is `x R` modulo the modulus.
#[derive(Debug, Clone)]
pub(super) struct Modulus<const N: usize> {
    modulus: Number<N>,
    /// `-1 / modulus` modulo 2^64.
    inverse: u64,
    /// `R R` modulo the modulus.
    square: Number<N>,
}

impl<const N: usize> Modulus<N> {
    pub(super) fn new(modulus: Number<N>) -> Self {
        // Newton's iteration doubles the bits that are right: 3 at first (an odd number is its own
        // inverse modulo 8), more than 64 after five rounds.
        let lowest = modulus.first().copied().unwrap_or(1);
        let mut inverse = lowest;
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(lowest.wrapping_mul(inverse)));
        }
        let mut made = Self { modulus, inverse: inverse.wrapping_neg(), square: one() };
        for _ in 0..128 * N {
            made.square = made.sum(&made.square, &made.square);
        }
        made
    }

    /// `a b / R` modulo the modulus, when `a b` is less than R times the modulus.
    fn product(&self, a: &Number<N>, b: &Number<N>) -> Number<N> {
        let mut sum = [0; N];
        let mut top = 0;
        for digit in a {
            let mut carry = 0;
            for (place, other) in sum.iter_mut().zip(b) {
                (*place, carry) = multiply_add(*digit, *other, *place, carry);
            }
            let (high, over) = add_carry(top, carry, 0);
            let factor = sum.first().copied().unwrap_or(0).wrapping_mul(self.inverse);
            let mut carry = 0;
            let mut shifted = [0; N];
            for (index, (place, part)) in sum.iter().zip(&self.modulus).enumerate() {
                let low;
                (low, carry) = multiply_add(factor, *part, *place, carry);
                if let Some(below) = index.checked_sub(1) {
                    shifted[below] = low;
                }
            }
            let (last, more) = add_carry(high, carry, 0);
            shifted[N - 1] = last;
            sum = shifted;
            top = over + more;
        }
        if top > 0 || !less(&sum, &self.modulus) { subtract(&sum, &self.modulus) } else { sum }
    }

    /// `a + b` modulo the modulus, when each is less than it.
    fn sum(&self, a: &Number<N>, b: &Number<N>) -> Number<N> {
        let mut sum = [0; N];
        let mut carry = 0;
        for (place, (a, b)) in sum.iter_mut().zip(a.iter().zip(b)) {
            (*place, carry) = add_carry(*a, *b, carry);
        }
        if carry > 0 || !less(&sum, &self.modulus) { subtract(&sum, &self.modulus) } else { sum }
    }

    /// Montgomery's form of `high R + low`.
    fn enter(&self, high: &Number<N>, low: &Number<N>) -> Number<N> {
        let high = self.product(&self.product(high, &self.square), &self.square);
        self.sum(&high, &self.product(low, &self.square))
    }

    /// `(high R + low) ^ exponent` modulo the modulus.
    pub(super) fn power(&self, high: &Number<N>, low: &Number<N>, exponent: &[u64]) -> Number<N> {
        let base = self.enter(high, low);
        let mut powers = vec![self.product(&one(), &self.square)];
        for _ in 1..16 {
            let last = powers.last().copied().unwrap_or(base);
            powers.push(self.product(&last, &base));
        }
        let mut result = powers.first().copied().unwrap_or(base);
        for digit in exponent.iter().rev() {
            for shift in (0..64).step_by(4).rev() {
                for _ in 0..4 {
                    result = self.product(&result, &result);
                }
                let nibble = usize::try_from((digit >> shift) & 0xf).unwrap_or(0);
                if nibble > 0 {
                    result = self.product(&result, &powers[nibble]);
                }
            }
        }
        self.product(&result, &one())
    }

    /// `(a - b) factor` modulo the modulus.
    pub(super) fn difference_times(
        &self,
        a: &Number<N>,
        b: &Number<N>,
        factor: &Number<N>,
    ) -> Number<N> {
        let (a, b) = (self.product(a, &self.square), self.product(b, &self.square));
        let negative = subtract(&self.modulus, &b);
        self.product(&self.sum(&a, &negative), factor)
    }
}

/// `a b + c` of two numbers, as its lower and its upper half.
pub(super) fn multiply_wide<const N: usize>(
    a: &Number<N>,
    b: &Number<N>,
    c: &Number<N>,
) -> (Number<N>, Number<N>) {
    let (mut low, mut rest) = ([0; N], *c);
    for (place, digit) in low.iter_mut().zip(a) {
        let mut carry = 0;
        for (part, other) in rest.iter_mut().zip(b) {
            (*part, carry) = multiply_add(*digit, *other, *part, carry);
        }
        *place = rest.first().copied().unwrap_or(0);
        rest.copy_within(1.., 0);
        rest[N - 1] = carry;
    }
    (low, rest)
}

fn one<const N: usize>() -> Number<N> {
    let mut one = [0; N];
    one[0] = 1;
    one
}

/// The lower and the upper 64 bits of `a b + c + d`.
fn multiply_add(a: u64, b: u64, c: u64, d: u64) -> (u64, u64) {
    let sum = u128::from(a) * u128::from(b) + u128::from(c) + u128::from(d);
    halves(sum)
}

fn add_carry(a: u64, b: u64, carry: u64) -> (u64, u64) {
    halves(u128::from(a) + u128::from(b) + u128::from(carry))
}

fn halves(number: u128) -> (u64, u64) {
    let low = u64::try_from(number & u128::from(u64::MAX)).unwrap_or(0);
    (low, u64::try_from(number >> 64).unwrap_or(0))
}

fn less<const N: usize>(a: &Number<N>, b: &Number<N>) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// `a - b` modulo R.
fn subtract<const N: usize>(a: &Number<N>, b: &Number<N>) -> Number<N> {
    let mut result = [0; N];
    let mut borrow = false;
    for (place, (a, b)) in result.iter_mut().zip(a.iter().zip(b)) {
        let (part, first) = a.overflowing_sub(*b);
        let (part, second) = part.overflowing_sub(u64::from(borrow));
        (*place, borrow) = (part, first || second);
    }
    result
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wide(number: Number<1>) -> u128 {
        u128::from(number[0])
    }

    proptest! {
        #[test]
        fn powers_are_those_of_schoolbook_arithmetic(
            modulus in (1_u64 << 63)..,
            (high, low) in any::<(u64, u64)>(),
            exponent in any::<u64>(),
        ) {
            let modulus = modulus | 1;
            let m = u128::from(modulus);
            let base = (((u128::from(high) % m) << 64) % m + u128::from(low)) % m;
            let mut expected = 1_u128;
            for bit in (0..64).rev() {
                expected = expected * expected % m;
                if exponent >> bit & 1 == 1 {
                    expected = expected * base % m;
                }
            }
            let power = Modulus::new([modulus]).power(&[high], &[low], &[exponent]);
            prop_assert_eq!(wide(power), expected);
        }

        #[test]
        fn differences_and_products_are_too(
            modulus in (1_u64 << 63)..,
            (a, b, factor) in any::<(u64, u64, u64)>(),
        ) {
            let modulus = modulus | 1;
            let m = u128::from(modulus);
            let (x, y, f) = (u128::from(a) % m, u128::from(b) % m, u128::from(factor) % m);
            let expected = (x + m - y) % m * f % m;
            let factor = [u64::try_from(f).expect("below 2^64")];
            let difference = Modulus::new([modulus]).difference_times(&[a], &[b], &factor);
            prop_assert_eq!(wide(difference), expected);
            let (low, high) = multiply_wide(&[a], &[b], &[factor[0]]);
            prop_assert_eq!(
                (wide(high) << 64) + wide(low),
                u128::from(a) * u128::from(b) + u128::from(factor[0])
            );
        }
    }
}

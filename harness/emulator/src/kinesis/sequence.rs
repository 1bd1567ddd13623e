//! Sequence numbers, as the service forms them (kinesis reference, sequence numbers).

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// Ten to the nineteenth: the largest power of ten in 64 bits.
const CHUNK: u64 = 10_000_000_000_000_000_000;

/// A sequence number: 186 bits, printed as 56 decimal digits; ordered as the number is.
///
/// In hexadecimal digits, most significant first: `2`, nine of the shard's creation in epoch
/// seconds, one of the shard's index (its low nibble), sixteen of a number that rises within the
/// shard, `00`, nine of the arrival in epoch seconds, eight of the shard's index, `2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SequenceNumber {
    high: u64,
    low: u128,
}

/// Text that is no sequence number of this service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a sequence number of Kinesis Data Streams: it has to be 56 decimal digits")]
pub struct SequenceNumberError(pub String);

impl SequenceNumber {
    /// The rising number of the sequence number that closes a shard.
    pub const CLOSING_INDEX: u64 = 0x7fff_ffff_ffff_ffff;

    /// The number of the record `index` of the shard `shard` that was made at `created_s`, which
    /// arrived at `arrived_s` (epoch seconds; 36 bits are kept of them).
    #[must_use]
    pub fn new(created_s: i64, shard: u32, index: u64, arrived_s: i64) -> Self {
        let created = seconds(created_s);
        let arrived = seconds(arrived_s);
        Self {
            high: (2 << 56) | (created << 20) | (u64::from(shard & 0xf) << 16) | (index >> 48),
            low: (u128::from(index) << 80)
                | (u128::from(arrived) << 36)
                | (u128::from(shard) << 4)
                | 2,
        }
    }

    /// When the shard was made, in epoch seconds.
    #[must_use]
    pub fn created_s(self) -> i64 {
        i64::try_from((self.high >> 20) & 0xf_ffff_ffff).unwrap_or(0)
    }

    /// The rising number within the shard.
    #[must_use]
    pub fn index(self) -> u64 {
        ((self.high & 0xffff) << 48) | (self.low >> 80) as u64
    }

    /// When the record arrived, in epoch seconds.
    #[must_use]
    pub fn arrived_s(self) -> i64 {
        i64::try_from((self.low >> 36) & 0xf_ffff_ffff).unwrap_or(0)
    }

    /// The index of the shard.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the low 32 bits are wanted")]
    pub fn shard(self) -> u32 {
        (self.low >> 4) as u32
    }

    /// Whether the fixed digits are those of the layout, and the shard's nibble is that of its index.
    fn is_well_formed(self) -> bool {
        self.high >> 56 == 2
            && self.low & 0xf == 2
            && (self.low >> 72) & 0xff == 0
            && (self.high >> 16) & 0xf == u64::from(self.shard() & 0xf)
    }
}

/// Epoch seconds in 36 bits.
fn seconds(s: i64) -> u64 {
    u64::try_from(s).unwrap_or(0) & 0xf_ffff_ffff
}

impl fmt::Display for SequenceNumber {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "limbs of 64 bits, and remainders below them"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut limbs = [self.high, (self.low >> 64) as u64, self.low as u64];
        let mut chunk = || {
            let mut rest = 0_u64;
            for limb in &mut limbs {
                let part = (u128::from(rest) << 64) | u128::from(*limb);
                *limb = (part / u128::from(CHUNK)) as u64;
                rest = (part % u128::from(CHUNK)) as u64;
            }
            rest
        };
        let (last, middle, first) = (chunk(), chunk(), chunk());
        write!(f, "{first}{middle:019}{last:019}")
    }
}

impl FromStr for SequenceNumber {
    type Err = SequenceNumberError;

    #[expect(clippy::cast_possible_truncation, reason = "limbs of 64 bits")]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || SequenceNumberError(text.to_owned());
        let mut limbs = [0_u64; 3];
        if text.len() != 56 {
            return Err(wrong());
        }
        for byte in text.bytes() {
            if !byte.is_ascii_digit() {
                return Err(wrong());
            }
            let mut carry = u64::from(byte - b'0');
            for limb in limbs.iter_mut().rev() {
                let product = u128::from(*limb) * 10 + u128::from(carry);
                *limb = product as u64;
                carry = (product >> 64) as u64;
            }
            if carry != 0 {
                return Err(wrong());
            }
        }
        let number =
            Self { high: limbs[0], low: (u128::from(limbs[1]) << 64) | u128::from(limbs[2]) };
        if number.is_well_formed() { Ok(number) } else { Err(wrong()) }
    }
}

impl Serialize for SequenceNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_a_number_that_the_service_made() {
        let text = "49678482224728664881937181970688030881263907443142819842";
        let number: SequenceNumber = text.parse().expect("a native sample");
        assert_eq!(number.to_string(), text);
        assert_eq!(number.shard(), 0);
        // Made in September 2026, as the sample was.
        assert!((1_785_000_000..1_792_000_000).contains(&number.created_s()), "{number:?}");
        assert_eq!(number.arrived_s() - number.created_s(), 50);
        assert!(number.index() < 1 << 32, "{number:?}");
    }

    #[test]
    fn the_layout_is_the_one_of_the_reference() {
        let number = SequenceNumber::new(0x1_2345_6789, 0x0000_001f, 0x0102_0304_0506_0708, 7);
        let hex = format!("{:015x}{:032x}", number.high, number.low);
        let digits =
            ["2", "123456789", "f", "0102030405060708", "00", "000000007", "0000001f", "2"];
        assert_eq!(hex, digits.concat());
        let closing = SequenceNumber::new(1, 0, SequenceNumber::CLOSING_INDEX, 1);
        assert!(closing > SequenceNumber::new(1, 0, 1 << 62, i64::MAX));
    }

    #[test]
    fn refuses_what_is_no_sequence_number() {
        let long = "9".repeat(56);
        for text in ["", "0", "abc", long.as_str(), "-1"] {
            assert!(text.parse::<SequenceNumber>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn prints_and_reads_back(
            created in 1_500_000_000_i64..2_600_000_000, shard in 0_u32..0x7fff_ffff,
            index in 0_u64..0x7fff_ffff_ffff_ffff, arrived in 0_i64..4_000_000_000,
        ) {
            let number = SequenceNumber::new(created, shard, index, arrived);
            let text = number.to_string();
            prop_assert_eq!(text.len(), 56);
            prop_assert!(text.starts_with("49"));
            prop_assert_eq!(text.parse::<SequenceNumber>(), Ok(number));
            prop_assert_eq!(
                (number.created_s(), number.shard(), number.index(), number.arrived_s()),
                (created, shard, index, arrived)
            );
        }

        #[test]
        fn order_is_that_of_the_number(
            a in 0_u64..1 << 40, b in 0_u64..1 << 40, s in 0_i64..1_000_000, t in 0_i64..1_000_000,
        ) {
            let (x, y) = (
                SequenceNumber::new(1_767_225_600, 3, a, s),
                SequenceNumber::new(1_767_225_600, 3, b, t),
            );
            // 56 digits each: the order of the texts is that of the numbers.
            prop_assert_eq!(x.cmp(&y), x.to_string().cmp(&y.to_string()));
            prop_assert_eq!(a < b || (a == b && s < t), x < y);
        }
    }
}

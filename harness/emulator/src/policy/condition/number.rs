//! Decimal numbers of any size, compared exactly.

use std::cmp::Ordering;

/// A decimal number: sign, significant digits without zeros around them, and the power of ten
/// of the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    power: i64,
}

impl Decimal {
    /// Reads `1`, `+01`, `1.`, `.5`, `1e0`; not `NaN`, `Infinity`, `0x10` or anything with space.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let leading = digits.iter().take_while(|&&digit| digit == b'0').count();
        let mut significant = digits.get(leading..)?.to_vec();
        while significant.last() == Some(&b'0') {
            significant.pop();
        }
        let first = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
        Some(Self {
            negative: text.starts_with('-') && !significant.is_empty(),
            power: if significant.is_empty() { 0 } else { first + i64::from(exponent) },
            digits: significant,
        })
    }
}

fn parse_exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.negative, number.digits.is_empty()) {
            (true, _) => -1,
            (false, true) => 0,
            (false, false) => 1,
        };
        let magnitude =
            || self.power.cmp(&other.power).then_with(|| self.digits.cmp(&other.digits));
        sign(self).cmp(&sign(other)).then_with(|| match sign(self) {
            -1 => magnitude().reverse(),
            0 => Ordering::Equal,
            _ => magnitude(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_forms_aws_reads() {
        let one = Decimal::parse("1").unwrap();
        for same in ["01", "+1", "1.0", "1.", "1e0", "10e-1", "0.1E+1"] {
            assert_eq!(Decimal::parse(same).unwrap(), one, "{same}");
        }
        assert_eq!(Decimal::parse("-0"), Decimal::parse("0.000"));
        assert!(Decimal::parse("1e9999") > Decimal::parse("9e999"));
        for bad in
            ["", " 1", "1 ", "NaN", "Infinity", "0x10", ".", "1e", "1e1.5", "--1", "1e99999999999"]
        {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn orders_as_integers_do(a in any::<i64>(), b in any::<i64>()) {
            let read = |number: i64| Decimal::parse(&number.to_string()).unwrap();
            prop_assert_eq!(read(a).cmp(&read(b)), a.cmp(&b));
        }
    }
}

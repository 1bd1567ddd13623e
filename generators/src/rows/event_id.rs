//! Ids of log events: 56 digits whose order is that of time (flow-log reference, 2).

/// Appends the id of the event whose timestamp is `ms` and whose low part is `low` (of 144 bits,
/// 128 are used): the decimal digits of `ms` × 2¹⁴⁴ + `low`, 56 of them.
pub(super) fn write(out: &mut Vec<u8>, ms: u64, low: u128) {
    const DIGITS: usize = 56;
    const BILLION: u64 = 1_000_000_000;
    // 208 bits in limbs of 32, the highest first; the 16 bits above `low` are 0.
    let wide = u128::from(ms) << 16;
    let limb = |value: u128, nth: u32| (value >> (32 * nth)) as u32;
    let mut limbs = [
        limb(wide, 2),
        limb(wide, 1),
        limb(wide, 0),
        limb(low, 3),
        limb(low, 2),
        limb(low, 1),
        limb(low, 0),
    ];
    let mut digits = [b'0'; DIGITS + 7];
    let mut end = digits.len();
    while end > 0 {
        let mut rest = 0_u64;
        for limb in &mut limbs {
            let value = rest << 32 | u64::from(*limb);
            *limb = (value / BILLION) as u32;
            rest = value % BILLION;
        }
        for _ in 0..9 {
            end -= 1;
            digits[end] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
    }
    out.extend_from_slice(&digits[7..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_time_times_two_to_the_144th() {
        let written = |ms, low| {
            let mut out = Vec::new();
            write(&mut out, ms, low);
            String::from_utf8(out).unwrap()
        };
        // 2¹⁴⁴ in decimal.
        assert_eq!(
            written(1, 0).trim_start_matches('0'),
            "22300745198530623141535718272648361505980416"
        );
        assert_eq!(
            written(0, 123_456_789_012_345_678_901).trim_start_matches('0'),
            "123456789012345678901"
        );
        let (early, late) = (written(1_767_225_600_000, u128::MAX), written(1_767_225_600_001, 0));
        assert_eq!((early.len(), late.len()), (56, 56));
        assert!(early < late);
    }
}

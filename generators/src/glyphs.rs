//! Ids and times as text, into a buffer that is there already.

use crate::dice::scatter;

/// A-Z and 2-7: what access keys and unique ids of IAM are made of.
pub(crate) const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// What the request ids of S3 are made of.
pub(crate) const CAPS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// Every byte as two hexadecimal digits.
const HEX: [[u8; 2]; 256] = hex_pairs();

const fn hex_pairs() -> [[u8; 2]; 256] {
    let digits = b"0123456789abcdef";
    let mut table = [[0_u8; 2]; 256];
    let mut n = 0;
    while n < 256 {
        table[n] = [digits[n >> 4], digits[n & 15]];
        n += 1;
    }
    table
}

/// Writes a GUID of version 4 made of these 128 bits, six of which the form takes.
pub(crate) fn uuid(out: &mut Vec<u8>, high: u64, low: u64) {
    let high = (high & !0xf000) | 0x4000;
    let low = (low & !(3 << 62)) | (1 << 63);
    let mut text = [b'-'; 36];
    let mut put = |at: usize, byte: u8| text[at..at + 2].copy_from_slice(&HEX[byte as usize]);
    let [a, b, c, d, e, f, g, h] = high.to_be_bytes();
    let [i, j, k, l, m, n, o, p] = low.to_be_bytes();
    for (at, byte) in [(0, a), (2, b), (4, c), (6, d), (9, e), (11, f), (14, g), (16, h)] {
        put(at, byte);
    }
    for (at, byte) in [(19, i), (21, j), (24, k), (26, l), (28, m), (30, n), (32, o), (34, p)] {
        put(at, byte);
    }
    out.extend_from_slice(&text);
}

/// Writes `digits` hexadecimal digits, at most 64, that follow from `key`.
pub(crate) fn hex(out: &mut Vec<u8>, key: u64, digits: usize) {
    let mut text = [0_u8; 64];
    for (word, chunk) in (0_u64..).zip(text.chunks_exact_mut(16).take(digits.div_ceil(16))) {
        let bits = scatter(key ^ (word << 56)).to_be_bytes();
        for (pair, byte) in chunk.chunks_exact_mut(2).zip(bits) {
            pair.copy_from_slice(&HEX[byte as usize]);
        }
    }
    out.extend_from_slice(&text[..digits.min(64)]);
}

/// Writes `length` characters of base64 that follow from `key`.
pub(crate) fn base64(out: &mut Vec<u8>, key: u64, length: usize) {
    let mut text = [0_u8; 10];
    let mut left = length;
    let mut word = 0;
    while left > 0 {
        let mut bits = scatter(key.wrapping_add(word));
        for letter in &mut text {
            *letter = BASE64[bits as usize & 63];
            bits >>= 6;
        }
        let take = left.min(10);
        out.extend_from_slice(&text[..take]);
        left -= take;
        word += 1;
    }
}

/// Writes `length` characters, at most 24, of an alphabet of 32 that follow from `key`.
pub(crate) fn base32(out: &mut Vec<u8>, key: u64, length: usize, alphabet: &[u8; 32]) {
    let mut text = [0_u8; 24];
    for (word, chunk) in (0_u64..).zip(text.chunks_exact_mut(12)) {
        let mut bits = scatter(key ^ (word << 60));
        for letter in chunk {
            *letter = alphabet[bits as usize & 31];
            bits >>= 5;
        }
    }
    out.extend_from_slice(&text[..length.min(24)]);
}

/// Year, month from 1, day from 1 of a day after 1970-01-01.
const fn civil(day: i64) -> (u64, u64, u64) {
    // Years that begin in March have their leap day at the end.
    let day = (day + 719_468) as u64;
    let era = day / 146_097;
    let of_era = day % 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + (month <= 2) as u64, month, of_month)
}

const fn two(number: u64) -> [u8; 2] {
    [b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8]
}

/// `YYYY-MM-DDThh:mm:ss`, 19 characters.
fn stamp(s: i64) -> [u8; 19] {
    let (year, month, day) = civil(s.div_euclid(86_400));
    let second = s.rem_euclid(86_400) as u64;
    let mut text = *b"0000-00-00T00:00:00";
    let parts = [year / 100, year % 100, month, day, second / 3_600, second / 60 % 60, second % 60];
    for (at, part) in [0, 2, 5, 8, 11, 14, 17].into_iter().zip(parts) {
        text[at..at + 2].copy_from_slice(&two(part));
    }
    text
}

/// `2026-01-01T00:00:00Z`.
pub(crate) fn second(s: i64) -> [u8; 20] {
    let mut text = [b'Z'; 20];
    text[..19].copy_from_slice(&stamp(s));
    text
}

/// Writes `2026-01-01T00:00:00Z`.
pub(crate) fn seconds(out: &mut Vec<u8>, s: i64) {
    out.extend_from_slice(&second(s));
}

/// Writes `2026/01/01`.
pub(crate) fn day(out: &mut Vec<u8>, s: i64) {
    let stamp = stamp(s);
    out.extend(stamp[..10].iter().map(|byte| if *byte == b'-' { b'/' } else { *byte }));
}

/// Writes `2026-01-01T00:00:00.000Z`.
pub(crate) fn millis(out: &mut Vec<u8>, ms: i64) {
    let mut text = *b"0000-00-00T00:00:00.000Z";
    text[..19].copy_from_slice(&stamp(ms.div_euclid(1_000)));
    let fraction = ms.rem_euclid(1_000) as u64;
    text[20] = b'0' + (fraction / 100) as u8;
    text[21..23].copy_from_slice(&two(fraction));
    out.extend_from_slice(&text);
}

/// Writes `Jan 1, 2026, 1:00:00 AM`, as STS tells when credentials expire.
pub(crate) fn long_date(out: &mut Vec<u8>, s: i64) {
    let (year, month, day) = civil(s.div_euclid(86_400));
    let second = s.rem_euclid(86_400) as u64;
    let hour = second / 3_600;
    out.extend_from_slice(MONTHS[(month as usize + 11) % 12]);
    out.push(b' ');
    crate::text::number(out, day);
    out.extend_from_slice(b", ");
    crate::text::number(out, year);
    out.extend_from_slice(b", ");
    crate::text::number(out, (hour + 11) % 12 + 1);
    let [a, b] = two(second / 60 % 60);
    let [c, d] = two(second % 60);
    let half = if hour < 12 { b'A' } else { b'P' };
    out.extend_from_slice(&[b':', a, b, b':', c, d, b' ', half, b'M']);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::ascii;
    use proptest::prelude::*;
    use tributary_vocabulary::Timestamp;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        ascii(out)
    }

    #[test]
    fn forms_are_those_of_aws() {
        let id = written(|out| uuid(out, u64::MAX, 0));
        assert_eq!(id, "ffffffff-ffff-4fff-8000-000000000000");
        assert_eq!(written(|out| long_date(out, 1_767_225_600)), "Jan 1, 2026, 12:00:00 AM");
        assert_eq!(written(|out| long_date(out, 1_767_272_705)), "Jan 1, 2026, 1:05:05 PM");
        assert_eq!(written(|out| day(out, 1_767_272_705)), "2026/01/01");
        assert_eq!(written(|out| hex(out, 1, 17)).len(), 17);
        assert_eq!(written(|out| base64(out, 1, 33)).len(), 33);
        let key = written(|out| base32(out, 1, 17, BASE32));
        assert!(key.len() == 17 && key.bytes().all(|b| BASE32.contains(&b)), "{key}");
    }

    proptest! {
        #[test]
        fn times_agree_with_the_calendar(ms in 1_136_073_600_000_i64..4_102_444_800_000) {
            let time = Timestamp::from_ms(ms);
            prop_assert_eq!(written(|out| millis(out, ms)), time.to_string());
            let whole = time.format("%Y-%m-%dT%H:%M:%SZ");
            prop_assert_eq!(written(|out| seconds(out, time.s())), whole);
            prop_assert_eq!(
                written(|out| long_date(out, time.s())),
                time.format("%b %-d, %Y, %-I:%M:%S %p")
            );
        }
    }
}

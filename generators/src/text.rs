//! Numbers and addresses as text, into a buffer that is there already.

const PAIRS: &[u8; 200] = b"0001020304050607080910111213141516171819\
2021222324252627282930313233343536373839\
4041424344454647484950515253545556575859\
6061626364656667686970717273747576777879\
8081828384858687888990919293949596979899";

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Every octet as text, and its length in the last byte.
const OCTETS: [[u8; 4]; 256] = octets();

const fn octets() -> [[u8; 4]; 256] {
    let mut table = [[0_u8; 4]; 256];
    let mut n = 0;
    while n < 256 {
        let digits = [b'0' + (n / 100) as u8, b'0' + (n / 10 % 10) as u8, b'0' + (n % 10) as u8];
        table[n] = if n >= 100 {
            [digits[0], digits[1], digits[2], 3]
        } else if n >= 10 {
            [digits[1], digits[2], 0, 2]
        } else {
            [digits[2], 0, 0, 1]
        };
        n += 1;
    }
    table
}

/// Writes a number in decimal.
pub(crate) fn number(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0_u8; 20];
    let mut at = 20;
    while value >= 100 {
        let pair = (value % 100) as usize * 2;
        value /= 100;
        at -= 2;
        digits[at..at + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
    }
    if value >= 10 {
        let pair = value as usize * 2;
        at -= 2;
        digits[at..at + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
    } else {
        at -= 1;
        digits[at] = b'0' + value as u8;
    }
    out.extend_from_slice(&digits[at..]);
}

/// Writes an IPv4 address in dotted decimal.
pub(crate) fn address(out: &mut Vec<u8>, address: u32) {
    let mut text = [0_u8; 16];
    let mut at = 0;
    for octet in address.to_be_bytes() {
        let [a, b, c, length] = OCTETS[octet as usize];
        text[at..at + 3].copy_from_slice(&[a, b, c]);
        at += length as usize;
        text[at] = b'.';
        at += 1;
    }
    out.extend_from_slice(&text[..at - 1]);
}

/// An IPv4 address in dotted decimal.
pub(crate) fn dotted(address: u32) -> String {
    std::net::Ipv4Addr::from_bits(address).to_string()
}

/// Writes `digits` hexadecimal digits of `value`, lower case, the lowest ones.
pub(crate) fn hex(out: &mut Vec<u8>, value: u128, digits: u32) {
    for place in (0..digits).rev() {
        out.push(HEX[(value >> (4 * place)) as usize & 15]);
    }
}

/// The text of a buffer that only this module and ASCII constants wrote to.
pub(crate) fn ascii(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        ascii(out)
    }

    #[test]
    fn hex_keeps_leading_zeros() {
        assert_eq!(written(|out| hex(out, 0xabc, 5)), "00abc");
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(value: u64, octets: [u8; 4]) {
            for value in [value, value % 1_000, value % 10] {
                prop_assert_eq!(written(|out| number(out, value)), value.to_string());
            }
            let std = std::net::Ipv4Addr::from(octets);
            prop_assert_eq!(written(|out| address(out, std.to_bits())), std.to_string());
        }
    }
}

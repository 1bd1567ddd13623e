//! Addresses and networks of conditions, with the spellings AWS reads.

use std::net::{Ipv4Addr, Ipv6Addr};

/// An address of one family, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address {
    V4(u32),
    V6(u128),
}

/// A network of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: Address,
    prefix: u32,
}

impl Address {
    /// The address of a request: one mapped from IPv4 (`::ffff:192.0.2.1`) is an IPv4 address.
    pub(super) fn of_request(text: &str) -> Option<Self> {
        match Self::parse(text)? {
            Self::V6(bits) if bits >> 32 == 0xFFFF => {
                u32::try_from(bits & 0xFFFF_FFFF).ok().map(Self::V4)
            }
            address => Some(address),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if text.contains(':') { parse_v6(text).map(Self::V6) } else { parse_v4(text).map(Self::V4) }
    }
}

impl Network {
    /// A network or single address of a policy; it keeps the family it is written in.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address = Address::parse(address)?;
        let longest = match address {
            Address::V4(_) => 32,
            Address::V6(_) => 128,
        };
        let prefix = match prefix {
            None => longest,
            Some(text) => {
                let digits = text.strip_prefix('+').unwrap_or(text);
                let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
                digits.parse().ok().filter(|&prefix| is_number && prefix <= longest)?
            }
        };
        Some(Self { address, prefix })
    }

    /// Whether IAM stores it: an IPv6 network with bits set behind its prefix matches nothing
    /// and is refused; the same in IPv4 is only untidy.
    pub(super) fn is_storable(self) -> bool {
        match self.address {
            Address::V4(_) => true,
            Address::V6(bits) => bits & host_bits(self.prefix) == 0,
        }
    }

    pub(super) fn contains(self, address: Address) -> bool {
        match (self.address, address) {
            (Address::V4(network), Address::V4(address)) => {
                let shift = 32 - self.prefix;
                network.checked_shr(shift) == address.checked_shr(shift)
            }
            (Address::V6(network), Address::V6(address)) => {
                self.is_storable() && network == address & !host_bits(self.prefix)
            }
            _ => false,
        }
    }
}

fn host_bits(prefix: u32) -> u128 {
    u128::MAX.checked_shr(prefix).unwrap_or(0)
}

/// Four decimal octets; leading zeros do not make them octal.
fn parse_v4(text: &str) -> Option<u32> {
    let mut octets = [0_u8; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next()?;
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *octet = part.parse::<u32>().ok()?.try_into().ok()?;
    }
    parts.next().is_none().then(|| Ipv4Addr::from(octets).to_bits())
}

/// Besides the usual spellings: a colon at the end is ignored, one empty group at the start is
/// zero, and the compressed run may have an empty group beside it (`2001:db8:::1`).
fn parse_v6(text: &str) -> Option<u128> {
    if let Ok(address) = text.parse::<Ipv6Addr>() {
        return Some(address.to_bits());
    }
    let mut spelling = text.to_owned();
    if spelling.ends_with(':') && !spelling.ends_with("::") {
        spelling.pop();
    }
    if spelling.starts_with(':') && !spelling.starts_with("::") {
        spelling.insert(0, '0');
    }
    if spelling.matches(":::").count() == 1 && !spelling.contains("::::") {
        spelling = spelling.replacen(":::", "::", 1);
    }
    spelling.parse::<Ipv6Addr>().ok().map(Ipv6Addr::to_bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(network: &str, address: &str) -> Option<bool> {
        Some(Network::parse(network)?.contains(Address::of_request(address)?))
    }

    #[test]
    fn networks_of_both_families() {
        for (network, address, expected) in [
            ("192.0.2.0/24", "192.000.2.1", Some(true)),
            ("192.0.2.5/24", "192.0.2.1", Some(true)),
            ("192.0.2.0/+024", "192.0.2.1", Some(true)),
            ("192.0.2.0/31", "192.0.2.2", Some(false)),
            ("192.0.2.0/0", "203.0.113.1", Some(true)),
            ("192.0.2.0/0", "2001:db8::1", Some(false)),
            ("192.0.2.0/24", "::ffff:192.0.2.1", Some(true)),
            ("192.0.2.0/24", "::FFFF:c000:201", Some(true)),
            ("::ffff:0:0/96", "192.0.2.1", Some(false)),
            ("2001:db8::5/64", "2001:db8::5", Some(false)),
            ("2001:db8::4/127", "2001:db8::5", Some(true)),
            ("2001:db8::1", "2001:db8::1", Some(true)),
            ("2001:db8::/0", "2001:db8::1", Some(false)),
            ("::/0", "2001:db8::1", Some(true)),
            ("0:2001:db8::1", ":2001:db8::1", Some(true)),
            ("2001:db8::1", "2001:db8:::1", Some(true)),
            ("192.0.2.0/24", "192.0.513", None),
            ("192.0.2.0/24", "3221225985", None),
            ("192.0.2.0/24", "192.0.2.1/32", None),
            ("192.0.2.0/33", "192.0.2.1", None),
            ("192.0.2.0/", "192.0.2.1", None),
            ("192.0.2.0/24", "192.0.2.256", None),
        ] {
            assert_eq!(within(network, address), expected, "{network} {address}");
        }
    }
}

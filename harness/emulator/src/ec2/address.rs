//! Blocks of IPv4 addresses.

use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

/// A block of addresses in CIDR form; bits behind the prefix are zero, as AWS stores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cidr {
    first: u32,
    length: u8,
}

impl Cidr {
    /// The block of this address and length, at most 32.
    pub(super) fn from_octets(octets: [u8; 4], length: u8) -> Self {
        let length = length.min(32);
        Self { first: u32::from(Ipv4Addr::from(octets)) & mask(length), length }
    }

    /// The length of its prefix.
    pub(super) fn length(self) -> u8 {
        self.length
    }

    /// The number of its addresses.
    pub(super) fn size(self) -> u64 {
        1 << (32 - u32::from(self.length))
    }

    /// Whether all of the other block lies in this one.
    pub(super) fn holds(self, other: Self) -> bool {
        self.length <= other.length && other.first & mask(self.length) == self.first
    }

    /// Whether the two have an address in common.
    pub(super) fn meets(self, other: Self) -> bool {
        self.holds(other) || other.holds(self)
    }

    /// Whether an address lies in it.
    pub(super) fn has(self, address: Ipv4Addr) -> bool {
        u32::from(address) & mask(self.length) == self.first
    }

    /// The addresses that a subnet gives away: all but its first four and its last.
    pub(super) fn usable(self) -> impl Iterator<Item = Ipv4Addr> {
        let last = u64::from(self.first) + self.size() - 1;
        (u64::from(self.first) + 4..last)
            .filter_map(|address| u32::try_from(address).ok().map(Ipv4Addr::from))
    }
}

fn mask(length: u8) -> u32 {
    u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0)
}

/// Text that is no block of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoCidr;

impl FromStr for Cidr {
    type Err = NoCidr;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, length) = text.split_once('/').ok_or(NoCidr)?;
        let address: Ipv4Addr = address.parse().map_err(|_| NoCidr)?;
        let length: u8 = length.parse().map_err(|_| NoCidr)?;
        if length > 32 {
            return Err(NoCidr);
        }
        Ok(Self { first: u32::from(address) & mask(length), length })
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from(self.first), self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_and_meet_each_other() {
        let cidr = |text: &str| text.parse::<Cidr>().expect(text);
        assert_eq!(cidr("10.4.9.1/16").to_string(), "10.4.0.0/16");
        assert_eq!(cidr("0.0.0.0/0").size(), 1 << 32);
        assert!(cidr("10.4.0.0/16").holds(cidr("10.4.240.0/20")));
        assert!(!cidr("10.4.240.0/20").holds(cidr("10.4.0.0/16")));
        assert!(cidr("10.4.240.0/20").meets(cidr("10.4.0.0/16")));
        assert!(!cidr("10.4.0.0/17").meets(cidr("10.4.128.0/17")));
        assert!(cidr("10.4.0.0/17").has(Ipv4Addr::new(10, 4, 127, 255)));
        let usable: Vec<_> = cidr("10.0.0.0/29").usable().collect();
        assert_eq!(usable, [4, 5, 6].map(|last| Ipv4Addr::new(10, 0, 0, last)));
        for text in ["", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::/0"] {
            assert_eq!(text.parse::<Cidr>(), Err(NoCidr), "{text}");
        }
    }
}

//! Blocks of addresses.

use std::net::IpAddr;

use super::InvalidPattern;

/// A block of IPv4 or IPv6 addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cidr {
    network: u128,
    mask: u128,
    is_v6: bool,
}

fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32),
        IpAddr::V6(v6) => (v6.to_bits(), 128),
    }
}

impl Cidr {
    /// Reads `10.0.0.0/24` or `2001:db8::/32`.
    ///
    /// # Errors
    /// When it is neither.
    pub(super) fn parse(text: &str) -> Result<Self, InvalidPattern> {
        let Some((address, length)) = text.split_once('/').filter(|(_, rest)| !rest.contains('/'))
        else {
            return Err(InvalidPattern::new("Malformed CIDR, one '/' required"));
        };
        let Ok(address) = address.parse::<IpAddr>() else {
            return Err(InvalidPattern::new(format!(
                "Malformed CIDR, invalid IP address: {address}"
            )));
        };
        let (number, width) = bits(address);
        let digits = !length.is_empty() && length.bytes().all(|b| b.is_ascii_digit());
        let Some(length) = length.parse::<u32>().ok().filter(|l| digits && *l <= width) else {
            return Err(InvalidPattern::new(
                "Malformed CIDR, mask bits must be an integer that the address is long enough for",
            ));
        };
        let host = width - length;
        let mask = u128::MAX.checked_shl(host).unwrap_or(0);
        Ok(Self { network: number & mask, mask, is_v6: width == 128 })
    }

    /// Whether a text is an address of the block.
    pub(super) fn contains(&self, text: &str) -> bool {
        let Ok(address) = text.parse::<IpAddr>() else { return false };
        let (number, width) = bits(address);
        (width == 128) == self.is_v6 && number & self.mask == self.network
    }
}

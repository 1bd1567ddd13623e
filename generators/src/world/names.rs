//! Ids as AWS forms them.

use crate::dice::Dice;
use crate::text;

use super::Site;

/// The letters of access keys and of IAM's unique ids.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The log stream of an interface whose flow log takes all traffic (flow-log reference, 2).
pub(crate) fn log_stream(interface: &str) -> String {
    format!("{interface}-all")
}

/// A resource id: a prefix such as `vpc-`, and 17 hexadecimal digits, the first of them 0.
pub(crate) fn resource(prefix: &str, key: u64) -> String {
    let mut out = prefix.as_bytes().to_vec();
    text::hex(&mut out, u128::from(key), 17);
    text::ascii(out)
}

/// An access key: `AKIA` or `ASIA`, and 16 letters.
pub(crate) fn key_id(prefix: &str, dice: &mut Dice) -> String {
    base32(prefix, 16, dice)
}

/// A unique id of IAM: `AIDA`, `AROA` and the like, and 17 letters.
pub(crate) fn unique_id(prefix: &str, dice: &mut Dice) -> String {
    base32(prefix, 17, dice)
}

fn base32(prefix: &str, length: usize, dice: &mut Dice) -> String {
    let letters = (0..length).map(|_| char::from(BASE32[dice.below(32) as usize]));
    prefix.chars().chain(letters).collect()
}

impl Site {
    /// `eni-` and 17 digits.
    pub(crate) fn interface_id(&self) -> String {
        resource("eni-", self.key)
    }

    /// `i-` and 17 digits; `None` for what AWS runs itself (NAT gateways, load balancers).
    pub(crate) fn instance_id(&self) -> Option<String> {
        self.role.instance().then(|| resource("i-", self.dice(2).next()))
    }
}

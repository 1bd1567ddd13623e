//! A 12-digit AWS account id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A 12-digit AWS account id; leading zeros are part of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId([u8; 12]);

/// Text that is not a 12-digit account id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not an AWS account id: it has to be 12 digits, such as 111111111111")]
pub struct AccountIdError(pub String);

impl AccountId {
    /// The account whose id is `digit` twelve times; `digit` is taken modulo 10.
    #[must_use]
    pub const fn repeated(digit: u8) -> Self {
        Self([b'0' + digit % 10; 12])
    }

    /// The account with this number, zero-padded to 12 digits (modulo 10¹²).
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        let mut digits = [b'0'; 12];
        let mut rest = number % 1_000_000_000_000;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        Self(digits)
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Invariant: only ASCII digits are ever stored.
        std::str::from_utf8(&self.0).unwrap_or("000000000000")
    }
}

impl FromStr for AccountId {
    type Err = AccountIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: [u8; 12] =
            text.as_bytes().try_into().map_err(|_| AccountIdError(text.to_owned()))?;
        if digits.iter().all(u8::is_ascii_digit) {
            Ok(Self(digits))
        } else {
            Err(AccountIdError(text.to_owned()))
        }
    }
}

impl TryFrom<String> for AccountId {
    type Error = AccountIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AccountId> for String {
    fn from(account: AccountId) -> Self {
        account.as_str().to_owned()
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_twelve_digits_and_nothing_else() {
        assert_eq!("000000000001".parse::<AccountId>(), Ok(AccountId::from_number(1)));
        assert_eq!(AccountId::repeated(2).to_string(), "222222222222");
        for text in ["", "1", "11111111111a", "1111111111111", "１１１１"] {
            assert!(text.parse::<AccountId>().is_err(), "{text}");
        }
    }
}

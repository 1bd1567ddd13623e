//! An AWS Region's name.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// An AWS Region's name, such as `us-west-2`; cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region(Arc<str>);

/// Text that does not have the shape of a Region's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not the name of an AWS Region, such as us-west-2")]
pub struct RegionError(pub String);

impl Region {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `us-west-2`, the Region of the pipeline as its author set it up.
    #[must_use]
    pub fn us_west_2() -> Self {
        Self(Arc::from("us-west-2"))
    }
}

impl FromStr for Region {
    type Err = RegionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split('-').collect();
        let word = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
        let shape = parts.len() >= 3
            && parts[..parts.len() - 1].iter().all(word)
            && parts[parts.len() - 1].bytes().all(|b| b.is_ascii_digit())
            && !parts[parts.len() - 1].is_empty();
        if shape { Ok(Self(Arc::from(text))) } else { Err(RegionError(text.to_owned())) }
    }
}

impl TryFrom<String> for Region {
    type Error = RegionError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Region> for String {
    fn from(region: Region) -> Self {
        region.0.as_ref().to_owned()
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_shape_of_a_region() {
        for text in ["us-west-2", "eu-central-1", "us-gov-east-1"] {
            assert_eq!(text.parse::<Region>().map(|r| r.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "us-west", "US-WEST-2", "us-west-2a", "us--2"] {
            assert!(text.parse::<Region>().is_err(), "{text}");
        }
    }
}

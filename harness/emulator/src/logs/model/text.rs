//! A piece of text that shares one allocation with its neighbours.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A piece of UTF-8 text, cheap to clone: 16 bytes beside the text itself.
///
/// The messages of one PutLogEvents call lie in one allocation, of which each `Text` is a slice. A
/// `Text` of its own is made by `Text::from`; what lies beyond 4 GiB of it is not reached.
#[derive(Clone)]
pub struct Text {
    // A pointer to a String, not to a str: a fat pointer in every message would cost more than the
    // second look-up does.
    whole: Arc<String>,
    start: u32,
    end: u32,
}

impl Text {
    /// The bytes `start..end` of `whole`; empty when they are not a piece of text.
    #[must_use]
    pub fn slice(whole: &Arc<String>, start: u32, end: u32) -> Self {
        Self { whole: Arc::clone(whole), start, end }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.whole.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self { whole: Arc::new(text), start: 0, end }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_share_and_never_panic() {
        let whole = Arc::new("one twö three".to_owned());
        let two = Text::slice(&whole, 4, 8);
        assert_eq!(two, "twö");
        assert_eq!(two, Text::from("twö"));
        assert_eq!(Arc::strong_count(&whole), 2);
        for (start, end) in [(0, 99), (7, 8), (5, 4)] {
            assert_eq!(Text::slice(&whole, start, end), "");
        }
        assert!(size_of::<Text>() <= 16);
    }
}

//! Texts whose case does not matter.

/// A text in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folded(Vec<char>);

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        Self(fold(text).collect())
    }

    /// Whether the text is this one.
    pub(super) fn is(&self, text: &str) -> bool {
        self.0.iter().copied().eq(fold(text))
    }

    /// Whether the text begins with this one.
    pub(super) fn begins(&self, text: &str) -> bool {
        let mut given = fold(text);
        self.0.iter().all(|wanted| given.next() == Some(*wanted))
    }

    /// Whether the text ends with this one.
    pub(super) fn ends(&self, text: &str) -> bool {
        let mut given = text.chars().rev().flat_map(|c| c.to_lowercase().rev());
        self.0.iter().rev().all(|wanted| given.next() == Some(*wanted))
    }
}

fn fold(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

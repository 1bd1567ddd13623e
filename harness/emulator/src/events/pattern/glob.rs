//! Wildcards: `*` stands for any run of characters, `\*` and `\\` for themselves.

use super::InvalidPattern;

/// A text with wildcards, cut at them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glob {
    /// The pieces between wildcards; one piece is a text without any.
    pieces: Vec<String>,
}

impl Glob {
    /// Reads a text with wildcards.
    ///
    /// # Errors
    /// For two `*` in a row, and for a backslash before anything but `*` and itself.
    pub(super) fn parse(text: &str) -> Result<Self, InvalidPattern> {
        let (mut pieces, mut piece) = (Vec::new(), String::new());
        let mut characters = text.chars().enumerate();
        let mut after_star = false;
        while let Some((at, character)) = characters.next() {
            match character {
                '*' if after_star => {
                    return Err(InvalidPattern::new(format!(
                        "Consecutive wildcard characters at pos {}",
                        at - 1
                    )));
                }
                '*' => pieces.push(std::mem::take(&mut piece)),
                '\\' => match characters.next() {
                    Some((_, escaped @ ('*' | '\\'))) => piece.push(escaped),
                    _ => {
                        return Err(InvalidPattern::new(format!(
                            "Invalid escape character at pos {at}"
                        )));
                    }
                },
                other => piece.push(other),
            }
            after_star = character == '*';
        }
        pieces.push(piece);
        Ok(Self { pieces })
    }

    /// Whether a text is of this form. Each piece is looked for behind the one before it, and the
    /// first place is as good as any, so that nothing is looked at twice.
    pub(super) fn matches(&self, text: &str) -> bool {
        let Some((first, rest)) = self.pieces.split_first() else { return text.is_empty() };
        let Some((last, middle)) = rest.split_last() else { return text == first };
        let Some(text) = text.strip_prefix(first.as_str()) else { return false };
        let Some(mut text) = text.strip_suffix(last.as_str()) else { return false };
        for piece in middle {
            let Some(at) = text.find(piece.as_str()) else { return false };
            text = &text[at + piece.len()..];
        }
        true
    }
}

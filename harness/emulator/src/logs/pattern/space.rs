//! Patterns over fields between spaces.

use super::ast::{Expr, Operand};
use super::condition::Condition;

/// A pattern over fields between spaces.
#[derive(Debug, Clone, Default)]
pub(super) struct SpacePattern {
    /// The named fields.
    pub(super) fields: Vec<Field>,
    /// Before which of them `...` stands, which takes in any number of fields.
    pub(super) rest_at: Option<usize>,
}

/// A named field.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) condition: Option<Expr<Condition>>,
}

/// A field of a message, without its delimiters, and where it begins in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token<'m> {
    text: &'m str,
    start: usize,
}

impl SpacePattern {
    pub(super) fn regexes(&self) -> usize {
        let mut count = 0;
        for condition in self.fields.iter().filter_map(|field| field.condition.as_ref()) {
            condition.each(&mut |condition| {
                count += usize::from(matches!(condition.operand, Operand::Regex(_)));
            });
        }
        count
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        self.fit(message).is_some()
    }

    /// What the fields take out of a message that it chooses.
    pub(super) fn extract(&self, message: &str) -> Option<Vec<(String, String)>> {
        let (tokens, taken_in) = self.fit(message)?;
        let before = self.rest_at.unwrap_or(self.fields.len());
        let value = |(place, token): (usize, &Token<'_>)| {
            let name = if place < before {
                self.fields.get(place)
            } else {
                place
                    .checked_sub(taken_in)
                    .filter(|at| *at >= before)
                    .and_then(|at| self.fields.get(at))
            };
            let name = name.map_or_else(|| (place + 1).to_string(), |field| field.name.clone());
            (format!("${name}"), token.text.to_owned())
        };
        Some(tokens.iter().enumerate().map(value).collect())
    }

    /// The message's fields as the pattern sees them, and how many of them `...` takes in; `None`
    /// when the pattern does not choose the message.
    fn fit<'m>(&self, message: &'m str) -> Option<(Vec<Token<'m>>, usize)> {
        let mut tokens = tokens(message);
        if self.fields.is_empty() && self.rest_at.is_none() {
            return (!tokens.is_empty()).then(|| (Vec::new(), 0));
        }
        let taken_in = tokens.len().checked_sub(self.fields.len())?;
        let before = self.rest_at.unwrap_or(self.fields.len());
        if self.rest_at.is_none() && taken_in > 0 {
            // The last field takes in the rest of the line, as it stands there.
            tokens.truncate(self.fields.len());
            let last = tokens.last_mut()?;
            last.text = message[last.start..].trim_end();
        }
        let seen = tokens.iter().take(before).chain(tokens.iter().skip(before + taken_in));
        let holds = self.fields.iter().zip(seen).all(|(field, token)| field.holds(token.text));
        holds.then_some((tokens, taken_in))
    }
}

impl Field {
    fn holds(&self, text: &str) -> bool {
        let condition = self.condition.as_ref();
        condition.is_none_or(|condition| condition.holds(&|condition| condition.holds(text)))
    }
}

/// The fields of a message: runs without whitespace, or what stands in brackets or quotes that are
/// closed before whitespace or the end.
fn tokens(message: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(gap) = message[at..].find(|c: char| !c.is_whitespace()) {
        let start = at + gap;
        let rest = &message[start..];
        let (text, length) = delimited(rest).unwrap_or_else(|| {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            (&rest[..end], end)
        });
        tokens.push(Token { text, start });
        at = start + length;
    }
    tokens
}

/// What stands in brackets or quotes at the beginning, and how long it is with them.
fn delimited(rest: &str) -> Option<(&str, usize)> {
    let closer = match rest.as_bytes().first()? {
        b'[' => ']',
        b'"' => '"',
        _ => return None,
    };
    let closes = |place: &usize| rest[place + 1..].chars().next().is_none_or(char::is_whitespace);
    let inner = rest.get(1..)?;
    let end = inner.match_indices(closer).map(|(place, _)| place + 1).find(closes)?;
    Some((&rest[1..end], end + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn delimiters_count_when_they_are_closed_before_a_space() {
        for (message, expected) in [
            ("a \"b c\" d", vec!["a", "b c", "d"]),
            ("[a b] [c", vec!["a b", "[c"]),
            ("\"a\"b c\" d", vec!["a\"b c", "d"]),
            ("\"a b", vec!["\"a", "b"]),
            ("  a\t b\n", vec!["a", "b"]),
            ("\"\" []", vec!["", ""]),
            ("a]b \"", vec!["a]b", "\""]),
            ("", vec![]),
        ] {
            let texts: Vec<&str> = tokens(message).into_iter().map(|token| token.text).collect();
            assert_eq!(texts, expected, "{message}");
        }
    }

    proptest! {
        #[test]
        fn any_message_is_split(message in "[a \"\\[\\]\té]{0,30}") {
            let tokens = tokens(&message);
            prop_assert!(tokens.len() <= message.len());
            prop_assert!(tokens.iter().all(|token| message[token.start..].contains(token.text)));
        }
    }
}

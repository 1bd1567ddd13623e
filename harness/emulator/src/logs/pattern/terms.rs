//! Patterns that are lists of terms.

use super::PatternError;

/// A list of terms: what has to be there, what must not, and what may stand for each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    required: Vec<String>,
    excluded: Vec<String>,
    /// Counts only when nothing else is in the list; AWS then wants one of them.
    optional: Vec<String>,
}

impl Terms {
    /// Reads terms that whitespace separates.
    pub(super) fn parse(text: &str) -> Result<Self, PatternError> {
        let mut terms = Self::default();
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let (list, bare) = match first {
                '-' => (&mut terms.excluded, &rest[1..]),
                '?' => (&mut terms.optional, &rest[1..]),
                _ => (&mut terms.required, rest),
            };
            let (term, after) = term(bare)?;
            list.push(term);
            rest = after.trim_start();
        }
        Ok(terms)
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        let has = |term: &String| message.contains(term.as_str());
        if self.required.is_empty() && self.excluded.is_empty() {
            return self.optional.iter().any(has);
        }
        self.required.iter().all(has) && !self.excluded.iter().any(has)
    }
}

/// One term, and what comes after it.
fn term(text: &str) -> Result<(String, &str), PatternError> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let refused = || PatternError::Term(text[..end].to_owned());
    if let Some(inner) = text.strip_prefix('"') {
        let (term, after) = quoted(inner).ok_or_else(refused)?;
        let ends = after.chars().next().is_none_or(char::is_whitespace);
        return if ends && !term.is_empty() { Ok((term, after)) } else { Err(refused()) };
    }
    let (term, after) = text.split_at(end);
    let is_bare = |(place, char): (usize, char)| {
        char.is_alphanumeric() || char == '_' || (char == '-' && place > 0)
    };
    if term.is_empty() || !term.char_indices().all(is_bare) {
        return Err(refused());
    }
    Ok((term.to_owned(), after))
}

/// What stands in quotes, up to the closing one; a backslash takes the next quote or backslash as
/// itself. `None` when the quotes do not end.
pub(super) fn quoted(inner: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut chars = inner.char_indices().peekable();
    while let Some((place, char)) = chars.next() {
        match char {
            '"' => return Some((text, &inner[place + 1..])),
            '\\' => match chars.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                Some((_, escaped)) => text.push(escaped),
                None => text.push('\\'),
            },
            other => text.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_may_hold_quotes() {
        let terms = Terms::parse(r#""\"level\":\"error\"" -"a\\b""#).expect("terms");
        assert_eq!(terms.required, ["\"level\":\"error\""]);
        assert_eq!(terms.excluded, ["a\\b"]);
    }

    #[test]
    fn what_is_no_term() {
        for (text, term) in [
            ("ERR*", "ERR*"),
            ("ok \"ERROR", "\"ERROR"),
            ("-", ""),
            ("--a", "-a"),
            ("\"a\"b", "\"a\"b"),
            ("\"\"", "\"\""),
            ("a %b%", "%b%"),
        ] {
            assert_eq!(Terms::parse(text), Err(PatternError::Term(term.to_owned())), "{text}");
        }
    }
}

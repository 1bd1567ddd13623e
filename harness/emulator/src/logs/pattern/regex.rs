//! Regular expressions between percent signs.

use ::regex::bytes::{Regex, RegexBuilder};

use super::PatternError;

/// The most regular expressions of one pattern.
pub(super) const REGEXES_MAX: usize = 2;

/// A regular expression of AWS's subset: no groups, no spaces, no look-around; ASCII only.
#[derive(Debug, Clone)]
pub(super) struct PatternRegex {
    // Over bytes, because the classes of AWS's subset are those of ASCII.
    regex: Regex,
}

impl PatternRegex {
    /// A pattern that is one regular expression: `%…%`.
    pub(super) fn whole(text: &str) -> Result<Self, PatternError> {
        let inner = text.strip_prefix('%').and_then(|rest| rest.strip_suffix('%'));
        Self::new(inner.ok_or(PatternError::Syntax)?)
    }

    /// The regular expression without its percent signs.
    pub(super) fn new(text: &str) -> Result<Self, PatternError> {
        if text.is_empty() || !is_allowed(text) {
            return Err(PatternError::Syntax);
        }
        let built = RegexBuilder::new(text).unicode(false).build();
        built.map(|regex| Self { regex }).map_err(|_| PatternError::Syntax)
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text.as_bytes())
    }
}

/// Whether there is nothing in it that AWS's subset has not.
fn is_allowed(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        let allowed = match char {
            '\\' => match chars.next() {
                Some('d' | 'D' | 's' | 'S' | 'w' | 'W') => true,
                Some('x') => {
                    let digits = chars.by_ref().take(2);
                    digits.filter(char::is_ascii_hexdigit).count() == 2
                }
                Some(escaped) => is_plain_mark(escaped) || is_special(escaped),
                None => false,
            },
            other => other.is_ascii_alphanumeric() || is_plain_mark(other) || is_special(other),
        };
        if !allowed {
            return false;
        }
    }
    true
}

fn is_plain_mark(char: char) -> bool {
    ":_#=@/;,-".contains(char)
}

fn is_special(char: char) -> bool {
    "^$?[]{}|\\*+.".contains(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_subset_is_taken() {
        for text in ["a b", "(a)", "a!", "é", "[a", "\\b", "\\1", "\\x2", "\\xzz", "a%b", "\\", ""]
        {
            assert!(PatternRegex::new(text).is_err(), "{text}");
        }
        for text in ["^a+$", "a|b", "\\x21", "\\.\\-\\\\", "[^a-z]{2,3}", "\\d\\W", "user@x:#;/="] {
            assert!(PatternRegex::new(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn classes_are_those_of_ascii() {
        let regex = PatternRegex::new("^\\w+$").expect("a regex");
        assert!(regex.matches("abc_1"));
        assert!(!regex.matches("é"));
    }
}

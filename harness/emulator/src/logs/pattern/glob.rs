//! Text in which `*` stands for any run of characters.

/// Text in which `*` stands for any run of characters, and nothing else is special.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glob {
    /// What stands between the stars; one piece when there is none.
    pieces: Vec<String>,
}

impl Glob {
    pub(super) fn new(text: &str) -> Self {
        Self { pieces: text.split('*').map(str::to_owned).collect() }
    }

    /// Whether the whole text is of this form.
    pub(super) fn matches(&self, text: &str) -> bool {
        let Some((last, pieces)) = self.pieces.split_last() else { return text.is_empty() };
        let Some((first, middle)) = pieces.split_first() else { return text == last };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
        for piece in middle {
            let Some(at) = rest.find(piece.as_str()) else { return false };
            rest = &rest[at + piece.len()..];
        }
        rest.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        for (glob, text, expected) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("a*", "abc", true),
            ("a*", "ba", false),
            ("*c", "abc", true),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("a**b*c", "axbyc", true),
            ("*ab*ab*", "abab", true),
            ("*ab*ab*", "aba", false),
            ("a?b", "a?b", true),
            ("a?b", "axb", false),
        ] {
            assert_eq!(Glob::new(glob).matches(text), expected, "{glob} {text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_a_regular_expression(glob in "[ab*]{0,6}", text in "[ab]{0,8}") {
            let expression = format!("^{}$", glob.replace('*', ".*"));
            let expected = ::regex::Regex::new(&expression).expect("a regex").is_match(&text);
            prop_assert_eq!(Glob::new(&glob).matches(&text), expected);
        }
    }
}

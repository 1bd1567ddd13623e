//! Text into tokens.
//!
//! The standard analyzer follows Unicode's word breaks (UAX #29) as far as logs need: letters,
//! digits and `_` run together; `.`, `:` and `'` join letters; `.`, `,`, `;` and `'` join digits;
//! ideographs and kana stand alone. So `10.0.0.1` and `arn:aws:iam` stay whole and `eni-0abc` is two
//! tokens. Emoji give no token here, though they do in OpenSearch.

use std::borrow::Cow;

use super::mapping::Analyzer;

/// Longest token, in characters; a longer run is cut.
const MAX_TOKEN: usize = 255;

/// Hands each token of `text` to `take`, in order.
pub fn tokens<'a>(analyzer: Analyzer, text: &'a str, mut take: impl FnMut(Cow<'a, str>)) {
    match analyzer {
        Analyzer::Keyword => take(Cow::Borrowed(text)),
        Analyzer::Whitespace => text.split_whitespace().for_each(|token| take(token.into())),
        Analyzer::Simple => text
            .split(|c: char| !c.is_alphabetic())
            .filter(|token| !token.is_empty())
            .for_each(|token| take(lower(token))),
        Analyzer::Standard => standard(text, &mut take),
    }
}

/// The tokens as a list.
#[must_use]
pub fn token_list(analyzer: Analyzer, text: &str) -> Vec<String> {
    let mut list = Vec::new();
    tokens(analyzer, text, |token| list.push(token.into_owned()));
    list
}

fn lower(token: &str) -> Cow<'_, str> {
    if token.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(token)
    } else {
        Cow::Owned(token.to_lowercase())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// `_`
    Joiner,
    /// Stands alone.
    Ideograph,
    /// Takes the class of what is before it.
    Mark,
    /// Joins letters.
    MidLetter,
    /// Joins digits.
    MidDigit,
    /// Joins either.
    MidBoth,
    Other,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '_' => Class::Joiner,
        '.' | '\'' | '\u{2019}' | '\u{2018}' | '\u{2024}' => Class::MidBoth,
        ':' | '\u{b7}' => Class::MidLetter,
        ',' | ';' => Class::MidDigit,
        _ if c.is_ascii() => Class::Other,
        '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => Class::Mark,
        '\u{3040}'..='\u{309f}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3fffd}' => Class::Ideograph,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_numeric() => Class::Digit,
        _ => Class::Other,
    }
}

fn standard<'a>(text: &'a str, take: &mut impl FnMut(Cow<'a, str>)) {
    let mut start = None;
    let mut length = 0;
    let mut last = Class::Other;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let class = class(c);
        let joins = match class {
            Class::Letter | Class::Digit | Class::Joiner => true,
            Class::Mark => start.is_some(),
            Class::MidLetter | Class::MidDigit | Class::MidBoth => {
                let next = chars.peek().map(|(_, next)| self::class(*next));
                start.is_some()
                    && next == Some(last)
                    && match last {
                        Class::Letter => class != Class::MidDigit,
                        Class::Digit => class != Class::MidLetter,
                        _ => false,
                    }
            }
            Class::Ideograph | Class::Other => false,
        };
        if let Some(from) = start
            && (!joins || length == MAX_TOKEN || last == Class::Ideograph && class != Class::Mark)
        {
            emit(&text[from..at], take);
            start = None;
        }
        if joins || class == Class::Ideograph {
            if start.is_none() {
                (start, length) = (Some(at), 0);
            }
            length += 1;
        }
        if !matches!(class, Class::Mark | Class::MidLetter | Class::MidDigit | Class::MidBoth)
            || !joins
        {
            last = class;
        }
    }
    if let Some(from) = start {
        emit(&text[from..], take);
    }
}

/// A run of `_` alone is no word.
fn emit<'a>(token: &'a str, take: &mut impl FnMut(Cow<'a, str>)) {
    if token.bytes().any(|byte| byte != b'_') {
        take(lower(token));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_as_the_standard_analyzer_does() {
        for (text, expected) in [
            ("10.0.0.1", vec!["10.0.0.1"]),
            ("eni-0abc", vec!["eni", "0abc"]),
            ("ACCEPT OK", vec!["accept", "ok"]),
            (
                "arn:aws:iam::123456789012:role/Admin",
                vec!["arn:aws:iam", "123456789012", "role", "admin"],
            ),
            ("don't stop", vec!["don't", "stop"]),
            ("example.com.", vec!["example.com"]),
            ("1,000;x", vec!["1,000", "x"]),
            ("snake_case __ a__b", vec!["snake_case", "a__b"]),
            ("2025-01-01T00:00:00Z", vec!["2025", "01", "01t00", "00", "00z"]),
            ("a.1", vec!["a", "1"]),
            ("東京tower", vec!["東", "京", "tower"]),
            ("Größe", vec!["größe"]),
            ("", vec![]),
            ("- -", vec![]),
        ] {
            assert_eq!(token_list(Analyzer::Standard, text), expected, "{text}");
        }
        assert_eq!(token_list(Analyzer::Standard, &"a".repeat(300)).len(), 2);
    }

    #[test]
    fn other_analyzers() {
        assert_eq!(token_list(Analyzer::Whitespace, " A b-c "), ["A", "b-c"]);
        assert_eq!(token_list(Analyzer::Simple, "A1b-c"), ["a", "b", "c"]);
        assert_eq!(token_list(Analyzer::Keyword, "A b"), ["A b"]);
    }
}

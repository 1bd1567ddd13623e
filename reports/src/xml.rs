//! Text within XML.

use std::fmt::Write as _;

/// `text` for an XML attribute or element: markup escaped, and characters that XML 1.0 does not
/// know at all written out (`\u{1b}`), for no escape makes them well-formed.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Attribute values would turn them into spaces.
            '\n' | '\t' => {
                // Writing to a String cannot fail.
                let _ = write!(escaped, "&#{};", u32::from(character));
            }
            '\u{fffe}' | '\u{ffff}' => push_code(&mut escaped, character),
            _ if character.is_control() => push_code(&mut escaped, character),
            _ => escaped.push(character),
        }
    }
    escaped
}

fn push_code(escaped: &mut String, character: char) {
    // Writing to a String cannot fail.
    let _ = write!(escaped, "{}", character.escape_unicode());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_impossible_characters() {
        assert_eq!(escape(r#"<a b="c">'&"#), "&lt;a b=&quot;c&quot;&gt;&#39;&amp;");
        assert_eq!(escape("a\nb\u{1b}[0m\u{ffff}"), "a&#10;b\\u{1b}[0m\\u{ffff}");
        assert_eq!(escape("größer ✓"), "größer ✓");
    }
}

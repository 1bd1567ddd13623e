//! Text that comes from events.

use std::fmt::Write as _;

/// `text` with every character written out (`\u{1b}`) that would steer a terminal, break a line or
/// turn the direction of reading: events hold whatever their senders put there.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control()
            || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            // Writing to a String cannot fail.
            let _ = write!(clean, "{}", character.escape_default());
        } else {
            clean.push(character);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\nc\td"), r"a\u{1b}[31mb\nc\td");
        assert_eq!(clean("x\u{202e}y"), r"x\u{202e}y");
        assert_eq!(clean("größer ✓"), "größer ✓");
    }
}

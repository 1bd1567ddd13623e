//! Lines of bounded width.

/// The width of `text` in columns, as far as a terminal's own rules let one say: a column for each
/// character.
pub(super) fn columns(text: &str) -> usize {
    text.chars().count()
}

/// `text` cut into lines of at most `width` columns, at spaces where there are any. Runs of spaces
/// within a line stay as they are.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let joined = if line.is_empty() { 0 } else { columns(&line) + 1 };
        if joined > 0 && joined + columns(word) > width {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        } else if joined > 0 {
            line.push(' ');
        }
        line.push_str(word);
        while columns(&line) > width {
            let rest =
                line.split_off(line.char_indices().nth(width).map_or(line.len(), |(at, _)| at));
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// `text` cut to `width` columns, with `…` where something was cut off.
pub(super) fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(width.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cuts_at_spaces_and_keeps_gaps() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("a   b", 9), ["a   b"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""]);
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("abcd", 4), "abcd");
    }

    proptest! {
        #[test]
        fn fits_and_loses_no_word(text in "[a-zé ]{0,80}", width in 1_usize..30) {
            let lines = wrap(&text, width);
            prop_assert!(lines.iter().all(|line| columns(line) <= width));
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}

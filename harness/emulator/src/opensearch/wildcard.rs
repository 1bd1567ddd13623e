//! Patterns with `*` and `?`.

/// Whether `text` is `pattern`, in which `*` stands for any run of characters.
#[must_use]
pub fn simple(pattern: &str, text: &str) -> bool {
    let pattern: Vec<Item> =
        pattern.chars().map(|c| if c == '*' { Item::Any } else { Item::Char(c) }).collect();
    matches(&pattern, text)
}

/// A compiled pattern of the `wildcard` query: `*`, `?`, and `\` to escape them.
#[derive(Debug, Clone)]
pub struct Wildcard {
    items: Vec<Item>,
    fold: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Any,
    One,
    Char(char),
}

impl Wildcard {
    /// Compiles a pattern; with `fold`, letters match either case.
    #[must_use]
    pub fn new(pattern: &str, fold: bool) -> Self {
        let mut chars = pattern.chars();
        let mut items = Vec::new();
        while let Some(c) = chars.next() {
            items.push(match c {
                '*' => Item::Any,
                '?' => Item::One,
                '\\' => Item::Char(chars.next().unwrap_or('\\')),
                other => Item::Char(other),
            });
        }
        if fold {
            for item in &mut items {
                if let Item::Char(c) = item {
                    *c = lower(*c);
                }
            }
        }
        Self { items, fold }
    }

    /// Whether the whole of `text` fits.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        if self.fold {
            matches(&self.items, &text.chars().map(lower).collect::<String>())
        } else {
            matches(&self.items, text)
        }
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Greedy matching that goes back to the last `*` only, so it cannot blow up.
fn matches(pattern: &[Item], text: &str) -> bool {
    let (mut at, mut rest) = (0, text.chars());
    let mut star: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        if pattern.get(at) == Some(&Item::Any) {
            at += 1;
            star = Some((at, rest.clone()));
            continue;
        }
        let mut ahead = rest.clone();
        let fits = match (pattern.get(at), ahead.next()) {
            (None, None) => return true,
            (Some(Item::One), Some(_)) => true,
            (Some(Item::Char(wanted)), Some(found)) => *wanted == found,
            _ => false,
        };
        if fits {
            at += 1;
            rest = ahead;
            continue;
        }
        let Some((back, from)) = &mut star else { return false };
        if from.next().is_none() {
            return false;
        }
        at = *back;
        rest = from.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_wildcards() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("a*c", "abbc", true),
            ("a*c", "abcd", false),
            ("*a*b*", "xxaxxbxx", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a\\*c", "a*c", true),
            ("a\\*c", "abc", false),
            ("*ab", "aab", true),
            ("10.0.*", "10.0.3.7", true),
        ] {
            assert_eq!(Wildcard::new(pattern, false).matches(text), expected, "{pattern} {text}");
        }
        assert!(Wildcard::new("ACC*", true).matches("accept"));
        assert!(simple("logs-*", "logs-2025"));
        assert!(!simple("logs-?", "logs-2"), "? is itself in a simple pattern");
    }
}

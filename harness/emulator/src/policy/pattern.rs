//! Patterns with `*` and `?`, matched without backtracking over more than one run of each class.
//!
//! `?` is one UTF-16 unit and `*` any run of them, as AWS counts (iam reference, condition
//! operators). In the first five parts of a resource ARN, `?` and a `*` in the middle of a part
//! stay within their part; a `*` that ends its part may run on.

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Exactly this UTF-16 unit.
    Unit(u16),
    /// Any one unit; a colon only if it crosses.
    One { crosses: bool },
    /// Any run of units, empty too; colons only if it crosses.
    Run { crosses: bool },
}

/// How a pattern reads its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Every wildcard runs over everything.
    Plain,
    /// As `Plain`, and ASCII letters match in either case: actions.
    FoldCase,
    /// The parts of an ARN hold their wildcards in: resources.
    Resource,
}

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wildcard {
    tokens: Vec<Token>,
    fold: bool,
}

/// Collects the steps of a pattern from text that is pattern and text that is not.
pub(super) struct WildcardBuilder {
    tokens: Vec<Token>,
    style: Style,
}

impl WildcardBuilder {
    pub(super) fn new(style: Style) -> Self {
        Self { tokens: Vec::new(), style }
    }

    /// Text in which `*` and `?` are wildcards.
    pub(super) fn pattern(&mut self, text: &str) {
        for unit in text.encode_utf16() {
            self.tokens.push(match unit {
                0x2A => Token::Run { crosses: true },
                0x3F => Token::One { crosses: true },
                unit => Token::Unit(self.folded(unit)),
            });
        }
    }

    /// Text that stands for itself.
    pub(super) fn literal(&mut self, text: &str) {
        for unit in text.encode_utf16() {
            self.tokens.push(Token::Unit(self.folded(unit)));
        }
    }

    /// Text of either sort.
    pub(super) fn add(&mut self, text: &str, is_pattern: bool) {
        if is_pattern {
            self.pattern(text);
        } else {
            self.literal(text);
        }
    }

    fn folded(&self, unit: u16) -> u16 {
        if self.style == Style::FoldCase { lower(unit) } else { unit }
    }

    pub(super) fn build(mut self) -> Wildcard {
        if self.style == Style::Resource {
            self.hold_in_parts();
        }
        Wildcard { tokens: self.tokens, fold: self.style == Style::FoldCase }
    }

    /// An ARN of fewer than six parts is completed with `*` for those it lacks, as AWS does.
    fn hold_in_parts(&mut self) {
        let colon = Token::Unit(u16::from(b':'));
        let is_arn = self.tokens.starts_with(&b"arn:".map(|byte| Token::Unit(u16::from(byte))));
        let colons = self.tokens.iter().filter(|&&token| token == colon).count();
        if is_arn {
            for _ in colons..5 {
                self.tokens.extend([colon, Token::Run { crosses: true }]);
            }
        }
        let mut part = 0;
        for index in 0..self.tokens.len() {
            let ends_part = self.tokens.get(index + 1).is_none_or(|&next| next == colon);
            match &mut self.tokens[index] {
                Token::Run { crosses } => *crosses = part >= 5 || ends_part,
                Token::One { crosses } => *crosses = part >= 5,
                token if *token == colon => part += 1,
                Token::Unit(_) => {}
            }
        }
    }
}

impl Wildcard {
    /// A pattern that is one text.
    pub(super) fn compile(text: &str, style: Style) -> Self {
        let mut builder = WildcardBuilder::new(style);
        builder.pattern(text);
        builder.build()
    }

    /// Whether the whole text matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        if matches!(self.tokens.as_slice(), [Token::Run { crosses: true }]) {
            return true;
        }
        if text.is_ascii() {
            let bytes = text.as_bytes();
            run(&self.tokens, self.fold, bytes.len(), |at| u16::from(bytes[at]))
        } else {
            let units: Vec<u16> = text.encode_utf16().collect();
            run(&self.tokens, self.fold, units.len(), |at| units[at])
        }
    }
}

fn lower(unit: u16) -> u16 {
    u8::try_from(unit).map_or(unit, |byte| u16::from(byte.to_ascii_lowercase()))
}

/// Matches greedily, remembering the last run that crosses colons and, after it, the last that
/// does not. A later run of the same class can take over whatever an earlier one gave up, so no
/// other choice has to be remembered; a run held in by a colon hands back to the crossing one.
fn run(tokens: &[Token], fold: bool, length: usize, unit: impl Fn(usize) -> u16) -> bool {
    let colon = u16::from(b':');
    let mut at = 0;
    let mut token = 0;
    let mut crossing: Option<(usize, usize)> = None;
    let mut held: Option<(usize, usize)> = None;
    loop {
        let matched = match tokens.get(token) {
            Some(Token::Run { crosses }) => {
                token += 1;
                if *crosses {
                    crossing = Some((token, at));
                    held = None;
                } else {
                    held = Some((token, at));
                }
                continue;
            }
            Some(_) if at == length => false,
            Some(Token::One { crosses }) => *crosses || unit(at) != colon,
            Some(Token::Unit(wanted)) => {
                let found = unit(at);
                *wanted == if fold { lower(found) } else { found }
            }
            None if at == length => return true,
            None => false,
        };
        if matched {
            at += 1;
            token += 1;
            continue;
        }
        if let Some((after, taken)) =
            held.filter(|&(_, taken)| taken < length && unit(taken) != colon)
        {
            held = Some((after, taken + 1));
            (token, at) = (after, taken + 1);
        } else if let Some((after, taken)) = crossing.filter(|&(_, taken)| taken < length) {
            crossing = Some((after, taken + 1));
            held = None;
            (token, at) = (after, taken + 1);
        } else {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matches(pattern: &str, text: &str, style: Style) -> bool {
        Wildcard::compile(pattern, style).matches(text)
    }

    /// Tries every choice; exponential, so only for short texts.
    fn naive(tokens: &[Token], units: &[u16]) -> bool {
        let colon = u16::from(b':');
        match (tokens.split_first(), units.split_first()) {
            (None, None) => true,
            (None, Some(_)) => false,
            (Some((Token::Run { crosses }, rest)), _) => {
                naive(rest, units)
                    || units.split_first().is_some_and(|(&unit, tail)| {
                        (*crosses || unit != colon) && naive(tokens, tail)
                    })
            }
            (Some(_), None) => false,
            (Some((Token::One { crosses }, rest)), Some((&unit, tail))) => {
                (*crosses || unit != colon) && naive(rest, tail)
            }
            (Some((Token::Unit(wanted), rest)), Some((unit, tail))) => {
                wanted == unit && naive(rest, tail)
            }
        }
    }

    #[test]
    fn parts_of_an_arn_hold_their_wildcards_in() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b/x:y/z", true),
            ("arn:aws:kinesis:us-*-1:111:stream/s", "arn:aws:kinesis:us-east-1:111:stream/s", true),
            ("arn:aws:logs:us-*-1:1:x", "arn:aws:logs:us-east-1:2:l-1:1:x", false),
            ("arn:aws:logs:u?:1:x", "arn:aws:logs:u::1:x", false),
            ("arn:aws:kinesis:*:stream/s", "arn:aws:kinesis:us-east-1:111:stream/s", false),
            ("arn:aws:sqs", "arn:aws:sqs:us-east-1:111:q", true),
            ("arn:aws:s3*", "arn:aws:s3:::b/k", true),
            ("arn:aws:s3", "arn:aws:sqs:us-east-1:111:q", false),
            ("arn:aws:s3:::B", "arn:aws:s3:::b", false),
        ] {
            assert_eq!(matches(pattern, text, Style::Resource), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn counts_utf16_units_and_folds_only_when_asked() {
        assert!(!matches("a?b", "a𐐀b", Style::Plain));
        assert!(matches("a??b", "a𐐀b", Style::Plain));
        assert!(matches("kinesis:PUT*", "Kinesis:putRecords", Style::FoldCase));
        assert!(!matches("A*", "ab", Style::Plain));
        assert!(matches("a*b", "a\nb", Style::Plain));
    }

    #[test]
    fn a_hostile_pattern_takes_no_time() {
        let pattern = "a*".repeat(500) + "b";
        assert!(!matches(&pattern, &"a".repeat(5_000), Style::Plain));
        assert!(!matches(
            &format!("arn:{pattern}:x:*:y:z"),
            &"arn:aa:".repeat(700),
            Style::Resource
        ));
    }

    proptest! {
        #[test]
        fn agrees_with_the_matcher_that_tries_everything(
            pattern in "[ab:*?]{0,10}", text in "[ab:]{0,12}", resource in any::<bool>(),
        ) {
            let style = if resource { Style::Resource } else { Style::Plain };
            let prefix = if resource { "arn:" } else { "" };
            let wildcard = Wildcard::compile(&format!("{prefix}{pattern}"), style);
            let text = format!("{prefix}{text}");
            let units: Vec<u16> = text.encode_utf16().collect();
            prop_assert_eq!(wildcard.matches(&text), naive(&wildcard.tokens, &units));
        }
    }
}

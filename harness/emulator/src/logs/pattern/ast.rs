//! What JSON patterns and patterns over fields have in common: conditions joined by `&&` and `||`.

use super::glob::Glob;
use super::regex::PatternRegex;

/// Conditions joined by `&&` and `||`.
#[derive(Debug, Clone)]
pub(super) enum Expr<C> {
    /// Every one of them.
    All(Vec<Self>),
    /// Any one of them.
    Any(Vec<Self>),
    /// One condition.
    One(C),
}

impl<C> Expr<C> {
    /// Whether it holds, where `holds` says whether one condition does.
    pub(super) fn holds(&self, holds: &impl Fn(&C) -> bool) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(holds)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(holds)),
            Self::One(condition) => holds(condition),
        }
    }

    /// Calls `visit` with every condition, from left to right.
    pub(super) fn each<'c>(&'c self, visit: &mut impl FnMut(&'c C)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.each(visit)),
            Self::One(condition) => visit(condition),
        }
    }
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Op {
    /// Whether `left op right` holds for numbers.
    #[expect(clippy::float_cmp, reason = "AWS compares numbers by their value, 1 as 1.0")]
    pub(super) fn numbers(self, left: f64, right: f64) -> bool {
        match self {
            Self::Eq => left == right,
            Self::Ne => left != right,
            Self::Lt => left < right,
            Self::Le => left <= right,
            Self::Gt => left > right,
            Self::Ge => left >= right,
        }
    }

    /// Whether it holds for something that is alike or not; an order never does.
    pub(super) fn alike(self, alike: bool) -> bool {
        match self {
            Self::Eq => alike,
            Self::Ne => !alike,
            _ => false,
        }
    }

    /// Whether it asks for an order, which only numbers have.
    pub(super) fn is_order(self) -> bool {
        !matches!(self, Self::Eq | Self::Ne)
    }
}

/// What is compared with.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    /// A number or text.
    Literal(Literal),
    /// A regular expression.
    Regex(PatternRegex),
}

impl Operand {
    /// Whether this text is what is asked for, as text.
    pub(super) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Literal(literal) => literal.glob.matches(text),
            Self::Regex(regex) => regex.matches(text),
        }
    }
}

/// A number or text.
#[derive(Debug, Clone)]
pub(super) struct Literal {
    /// Whether it stands in quotes.
    pub(super) quoted: bool,
    /// As it stands there, for comparison as text.
    pub(super) text: String,
    /// As a number, when it is one.
    pub(super) number: Option<f64>,
    /// The text with its stars.
    pub(super) glob: Glob,
}

impl Literal {
    pub(super) fn new(text: String, quoted: bool) -> Self {
        Self { quoted, number: number(&text), glob: Glob::new(&text), text }
    }
}

/// A text as a number, when it is written as JSON writes one: no `inf`, no `.5`.
pub(super) fn number(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let fraction_is_fine = match mantissa.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(mantissa),
    };
    let exponent_is_fine = exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)));
    (fraction_is_fine && exponent_is_fine).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_json() {
        for text in ["0", "-1", "1.5", "1e+0", "2E-3", "007"] {
            assert!(number(text).is_some(), "{text}");
        }
        for text in ["", "-", "inf", "nan", ".5", "1.", "1e", "1e+", "+1", "0x1", "10.0.2.1", "1 "]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }
}

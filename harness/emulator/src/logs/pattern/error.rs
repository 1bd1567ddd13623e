//! Why a pattern is refused, in AWS's words.

/// Why a pattern is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It is not a pattern; AWS says no more.
    #[error("Invalid filter pattern")]
    Syntax,
    /// A term has characters that have to stand in quotes, or quotes that do not end.
    #[error("Invalid character(s) in term '{0}'")]
    Term(String),
    /// More than two regular expressions.
    #[error("Your input has exceeded the maximum of 2 regular expressions per filter pattern.")]
    TooManyRegexes,
    /// More than three selectors with a wildcard.
    #[error(
        "Your input has exceeded the maximum of 3 JSON wildcard selectors allowed per filter \
         pattern."
    )]
    TooManyWildcards,
    /// Two fields of one name, or two `...`.
    #[error("Duplicate field '{0}'")]
    DuplicateField(String),
}

impl PatternError {
    /// The sentence with which subscriptions and searches refuse it.
    #[must_use]
    pub fn for_subscriptions(&self) -> String {
        self.to_string()
    }

    /// The sentence with which metric filters refuse it.
    #[must_use]
    pub fn for_metrics(&self) -> String {
        match self {
            Self::Syntax => "Invalid metric filter pattern".to_owned(),
            other => other.to_string(),
        }
    }
}

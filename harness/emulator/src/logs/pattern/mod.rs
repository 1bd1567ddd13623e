//! Filter patterns: which events a subscription, a search or a test chooses (cloudwatch-logs
//! reference, filter pattern language).
//!
//! A pattern is empty, or `{ … }` over the fields of JSON events, or `[ … ]` over fields between
//! spaces, or one regular expression `%…%`, or a list of terms.

mod ast;
mod condition;
mod error;
mod glob;
mod json;
mod json_parse;
mod parse;
mod regex;
mod space;
mod space_parse;
mod terms;
#[cfg(test)]
mod vectors;

pub use error::PatternError;

use json::JsonPattern;
use regex::PatternRegex;
use space::SpacePattern;
use terms::Terms;

/// A filter pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    form: Form,
}

/// The forms of patterns.
#[derive(Debug, Clone)]
enum Form {
    All,
    Terms(Terms),
    Regex(PatternRegex),
    Json(JsonPattern),
    Space(SpacePattern),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When AWS would refuse it.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let trimmed = text.trim();
        let form = match trimmed.chars().next() {
            None => Form::All,
            Some('{') => Form::Json(json_parse::pattern(trimmed)?),
            Some('[') => Form::Space(space_parse::pattern(trimmed)?),
            Some('%') => Form::Regex(PatternRegex::whole(trimmed)?),
            Some(_) => Form::Terms(Terms::parse(trimmed)?),
        };
        Ok(Self { text: text.to_owned(), form })
    }

    /// The pattern as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it chooses every event without looking at it.
    #[must_use]
    pub fn matches_all(&self) -> bool {
        matches!(self.form, Form::All)
    }

    /// Whether it chooses this message.
    #[must_use]
    pub fn matches(&self, message: &str) -> bool {
        match &self.form {
            Form::All => true,
            Form::Terms(terms) => terms.matches(message),
            Form::Regex(regex) => regex.matches(message),
            Form::Json(json) => json.matches(message),
            Form::Space(space) => space.matches(message),
        }
    }

    /// What a pattern over fields between spaces takes out of a message that it chooses: `$name`,
    /// or `$1` for a field that `...` stands for. Other patterns take out nothing. `None` when it
    /// does not choose the message.
    #[must_use]
    pub fn extract(&self, message: &str) -> Option<Vec<(String, String)>> {
        match &self.form {
            Form::Space(space) => space.extract(message),
            _ => self.matches(message).then(Vec::new),
        }
    }

    /// How many regular expressions are in it.
    #[must_use]
    pub fn regexes(&self) -> usize {
        match &self.form {
            Form::All | Form::Terms(_) => 0,
            Form::Regex(_) => 1,
            Form::Json(json) => json.regexes(),
            Form::Space(space) => space.regexes(),
        }
    }
}

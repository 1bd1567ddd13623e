//! Prefixes of S3 objects, with their expressions (firehose reference, §6.2 and §6.3).

use jiff::Zoned;
use jiff::tz::TimeZone;
use tributary_vocabulary::Timestamp;

use super::date::{DateError, write_date};
use crate::kernel::Ids;

/// What lies under an error prefix: the values of `!{firehose:error-output-type}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorOutput {
    /// Records whose processing failed.
    ProcessingFailed,
    /// Documents that OpenSearch did not take.
    OpenSearchFailed,
}

impl ErrorOutput {
    /// The name under the prefix; with a hyphen, as the service model has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProcessingFailed => "processing-failed",
            Self::OpenSearchFailed => "AmazonOpenSearchService-failed",
        }
    }
}

/// A prefix that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrefixError {
    /// `!{` without its `}`.
    #[error("the prefix '{0}' has an expression that is not closed by a brace")]
    Open(String),
    /// A namespace or value that does not exist.
    #[error(
        "the expression '!{{{0}}}' is not valid here: use timestamp:PATTERN, firehose:random-string \
         or, in an error output prefix, firehose:error-output-type"
    )]
    Unknown(String),
    /// Dynamic partitioning, which this emulator has not.
    #[error("the expression '!{{{0}}}' needs dynamic partitioning, which is not supported here")]
    Partition(String),
    /// A timestamp pattern.
    #[error("the prefix has a timestamp pattern that is not valid: {0}")]
    Date(#[from] DateError),
    /// An error output prefix with expressions, none of which is the error output type.
    #[error("ErrorOutputPrefix must contain the expression !{{firehose:error-output-type}}")]
    ErrorTypeMissing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Timestamp(String),
    Random,
    ErrorType,
}

/// A prefix, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix {
    parts: Vec<Part>,
    zone: TimeZone,
}

impl Prefix {
    /// Parses a `Prefix`.
    ///
    /// # Errors
    /// When an expression is not one of a `Prefix`.
    pub fn of_data(text: &str, zone: TimeZone) -> Result<Self, PrefixError> {
        let prefix = Self::parse(text, zone)?;
        if prefix.parts.contains(&Part::ErrorType) {
            return Err(PrefixError::Unknown("firehose:error-output-type".to_owned()));
        }
        Ok(prefix)
    }

    /// Parses an `ErrorOutputPrefix`: once it has an expression, the error output type is among
    /// them.
    ///
    /// # Errors
    /// When an expression is not valid, or the error output type is missing.
    pub fn of_errors(text: &str, zone: TimeZone) -> Result<Self, PrefixError> {
        let prefix = Self::parse(text, zone)?;
        if prefix.has_expressions() && !prefix.parts.contains(&Part::ErrorType) {
            return Err(PrefixError::ErrorTypeMissing);
        }
        Ok(prefix)
    }

    fn parse(text: &str, zone: TimeZone) -> Result<Self, PrefixError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find("!{") {
            if start > 0 {
                parts.push(Part::Text(rest[..start].to_owned()));
            }
            let inner = &rest[start + 2..];
            let end = inner.find('}').ok_or_else(|| PrefixError::Open(text.to_owned()))?;
            parts.push(expression(&inner[..end])?);
            rest = &inner[end + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        let prefix = Self { parts, zone };
        // A pattern that cannot be written is told when the stream is made, not when it delivers.
        prefix.check()?;
        Ok(prefix)
    }

    fn check(&self) -> Result<(), DateError> {
        let when = self.zoned(Timestamp::DEFAULT_EPOCH);
        self.parts.iter().try_for_each(|part| match part {
            Part::Timestamp(pattern) => write_date(&mut String::new(), pattern, &when),
            _ => Ok(()),
        })
    }

    /// Whether the prefix has any expression.
    #[must_use]
    pub fn has_expressions(&self) -> bool {
        self.parts.iter().any(|part| !matches!(part, Part::Text(_)))
    }

    /// The prefix of an object of data whose oldest record arrived at `oldest`.
    ///
    /// `append_time` says what becomes of expressions without a timestamp; the sources disagree.
    #[must_use]
    pub fn data(&self, oldest: Timestamp, append_time: bool, ids: &mut Ids) -> String {
        let mut out = self.evaluate(oldest, None, ids);
        let timestamp = self.parts.iter().any(|part| matches!(part, Part::Timestamp(_)));
        if !timestamp && (append_time || !self.has_expressions()) {
            self.time(&mut out, oldest);
        }
        out
    }

    /// The prefix of an object of errors, when this is the `ErrorOutputPrefix`: exactly itself.
    #[must_use]
    pub fn errors(&self, oldest: Timestamp, kind: ErrorOutput, ids: &mut Ids) -> String {
        self.evaluate(oldest, Some(kind), ids)
    }

    /// The prefix of an object of errors, when there is no `ErrorOutputPrefix` and this is the
    /// `Prefix`: `<Prefix><type>/yyyy/MM/dd/HH/`.
    #[must_use]
    pub fn errors_below(&self, oldest: Timestamp, kind: ErrorOutput, ids: &mut Ids) -> String {
        let mut out = self.evaluate(oldest, None, ids);
        out.push_str(kind.name());
        out.push('/');
        self.time(&mut out, oldest);
        out
    }

    /// The moment in the prefix's time zone.
    #[must_use]
    pub fn zoned(&self, at: Timestamp) -> Zoned {
        jiff::Timestamp::from_millisecond(at.ms())
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(self.zone.clone())
    }

    fn time(&self, out: &mut String, oldest: Timestamp) {
        let _ = write_date(out, "yyyy/MM/dd/HH/", &self.zoned(oldest));
    }

    fn evaluate(&self, oldest: Timestamp, kind: Option<ErrorOutput>, ids: &mut Ids) -> String {
        let when = self.zoned(oldest);
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Timestamp(pattern) => {
                    // Parsing has tried the pattern, so that writing it does not fail.
                    let _ = write_date(&mut out, pattern, &when);
                }
                Part::Random => {
                    const ALPHABET: &[u8] =
                        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
                    out.push_str(&ids.text(ALPHABET, 11));
                }
                Part::ErrorType => out.push_str(kind.map_or("", ErrorOutput::name)),
            }
        }
        out
    }
}

fn expression(text: &str) -> Result<Part, PrefixError> {
    let unknown = || PrefixError::Unknown(text.to_owned());
    let (namespace, value) = text.split_once(':').ok_or_else(unknown)?;
    match (namespace, value) {
        ("timestamp", pattern) => Ok(Part::Timestamp(pattern.to_owned())),
        ("firehose", "random-string") => Ok(Part::Random),
        ("firehose", "error-output-type") => Ok(Part::ErrorType),
        ("partitionKeyFromQuery" | "partitionKeyFromLambda", _) => {
            Err(PrefixError::Partition(text.to_owned()))
        }
        _ => Err(unknown()),
    }
}

#[cfg(test)]
mod tests {
    use tributary_vocabulary::Seed;

    use super::*;

    fn at() -> Timestamp {
        "2026-07-13T14:05:09Z".parse().expect("a moment")
    }

    fn data(text: &str, append: bool) -> String {
        let prefix = Prefix::of_data(text, TimeZone::UTC).expect("a prefix");
        prefix.data(at(), append, &mut Ids::new(Seed::new(1)))
    }

    #[test]
    fn data_prefixes_are_those_of_the_table() {
        assert_eq!(data("", false), "2026/07/13/14/");
        assert_eq!(data("legacy", false), "legacy2026/07/13/14/");
        assert_eq!(data("a/!{timestamp:yyyy-MM}/b", false), "a/2026-07/b");
        assert_eq!(data("x/!{timestamp:'h='HH}/!{timestamp:mm}/", false), "x/h=14/05/");
        let random = data("r/!{firehose:random-string}/", false);
        assert_eq!(random.len(), 2 + 11 + 1);
        assert!(data("r/!{firehose:random-string}/", true).ends_with("/2026/07/13/14/"));
        let two = data("!{firehose:random-string}!{firehose:random-string}", false);
        assert_ne!(two[..11], two[11..], "each instance is new");
    }

    #[test]
    fn error_prefixes_are_exactly_themselves_or_below_the_prefix() {
        let ids = &mut Ids::new(Seed::new(1));
        let text = "bad/!{firehose:error-output-type}/!{timestamp:yyyy/MM}/";
        let given = Prefix::of_errors(text, TimeZone::UTC).expect("a prefix");
        assert_eq!(
            given.errors(at(), ErrorOutput::OpenSearchFailed, ids),
            "bad/AmazonOpenSearchService-failed/2026/07/"
        );
        let plain = Prefix::of_errors("bad/", TimeZone::UTC).expect("a prefix");
        assert_eq!(plain.errors(at(), ErrorOutput::ProcessingFailed, ids), "bad/");
        let none = Prefix::of_data("logs/", TimeZone::UTC).expect("a prefix");
        assert_eq!(
            none.errors_below(at(), ErrorOutput::ProcessingFailed, ids),
            "logs/processing-failed/2026/07/13/14/"
        );
    }

    #[test]
    fn refuses_what_it_cannot_write() {
        let zone = || TimeZone::UTC;
        assert!(matches!(Prefix::of_data("!{timestamp:yy", zone()), Err(PrefixError::Open(_))));
        assert!(matches!(Prefix::of_data("!{nope}", zone()), Err(PrefixError::Unknown(_))));
        assert!(matches!(
            Prefix::of_data("!{firehose:error-output-type}", zone()),
            Err(PrefixError::Unknown(_))
        ));
        assert!(matches!(
            Prefix::of_data("!{partitionKeyFromQuery:k}", zone()),
            Err(PrefixError::Partition(_))
        ));
        assert_eq!(
            Prefix::of_errors("e/!{timestamp:yyyy}", zone()),
            Err(PrefixError::ErrorTypeMissing)
        );
        assert!(matches!(
            Prefix::of_data("!{timestamp:qq}", zone()),
            Err(PrefixError::Date(DateError::Letter('q')))
        ));
    }
}

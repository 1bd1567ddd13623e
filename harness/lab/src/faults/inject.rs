//! What is to be planted: `KIND@STAGE[:N]`.

use std::fmt;
use std::str::FromStr;

use tributary_vocabulary::{Stage, StageError};

/// The kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// An event does not pass the stage.
    Loss,
    /// An event passes the stage twice.
    Duplicate,
    /// An event's text is changed, its identity kept.
    Corrupt,
    /// An event passes the stage after the next one of its log stream.
    Reorder,
    /// An event passes the stage under another account.
    Leak,
}

impl Fault {
    /// All kinds.
    pub const ALL: [Self; 5] =
        [Self::Loss, Self::Duplicate, Self::Corrupt, Self::Reorder, Self::Leak];

    /// The name that `--inject` takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Duplicate => "duplicate",
            Self::Corrupt => "corrupt",
            Self::Reorder => "reorder",
            Self::Leak => "leak",
        }
    }
}

/// A fault to plant, and where, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inject {
    /// The kind.
    pub fault: Fault,
    /// The stage at which it is planted.
    pub stage: Stage,
    /// How many events it hits; at least one.
    pub events: u64,
}

/// Text that is no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InjectError {
    /// It has not the form.
    #[error("'{0}' is not of the form KIND@STAGE[:N], such as loss@kinesis:3")]
    Form(String),
    /// There is no such kind.
    #[error("there is no fault '{0}': the faults are loss, duplicate, corrupt, reorder and leak")]
    Kind(String),
    /// There is no such stage.
    #[error(transparent)]
    Stage(#[from] StageError),
    /// The number is none, or zero.
    #[error("'{0}' is not a number of events: it has to be a whole number from 1")]
    Number(String),
}

impl FromStr for Inject {
    type Err = InjectError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, rest) =
            text.split_once('@').ok_or_else(|| InjectError::Form(text.to_owned()))?;
        let (stage, number) = match rest.split_once(':') {
            Some((stage, number)) => (stage, Some(number)),
            None => (rest, None),
        };
        let fault = Fault::ALL
            .into_iter()
            .find(|fault| fault.name() == kind)
            .ok_or_else(|| InjectError::Kind(kind.to_owned()))?;
        let events = match number {
            None => 1,
            Some(number) => match number.parse() {
                Ok(events) if events > 0 => events,
                _ => return Err(InjectError::Number(number.to_owned())),
            },
        };
        Ok(Self { fault, stage: stage.parse()?, events })
    }
}

impl fmt::Display for Inject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}:{}", self.fault.name(), self.stage, self.events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints_and_says_what_is_wrong() {
        let inject: Inject = "loss@kinesis:3".parse().unwrap();
        assert_eq!(inject, Inject { fault: Fault::Loss, stage: Stage::Kinesis, events: 3 });
        assert_eq!(inject.to_string().parse(), Ok(inject));
        assert_eq!("leak@s3".parse::<Inject>().map(|inject| inject.events), Ok(1));
        for (text, part) in [
            ("loss", "KIND@STAGE"),
            ("los@kinesis", "no fault 'los'"),
            ("loss@lambda", "no stage 'lambda'"),
            ("loss@kinesis:0", "from 1"),
            ("loss@kinesis:-1", "from 1"),
            ("loss@kinesis:x", "from 1"),
        ] {
            let error = text.parse::<Inject>().unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}

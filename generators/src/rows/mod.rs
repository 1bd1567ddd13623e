//! The forms in which events are written out: bare lines, rows of log events, envelopes.

mod envelope;
mod event_id;
mod json;

use std::fmt;
use std::str::FromStr;

use tributary_vocabulary::{AccountId, Source, Timestamp};

use crate::meant::meant;
use crate::traffic::{Batch, BatchHead, Traffic};

use envelope::Envelopes;

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// The message alone, a line each: flow-log lines, or one JSON record a line.
    #[default]
    Plain,
    /// A JSON object a line: `account`, `source`, `logGroupName`, `logStreamName`, `timestamp`
    /// and `ingestionTime` in milliseconds since 1970, and `message`; the names that the answers
    /// of `FilterLogEvents` have.
    LogEvents,
    /// A line for each envelope that a subscription filter would send: the `DATA_MESSAGE`, gzip,
    /// base64, so that `base64 -d | gunzip` of a line is the JSON, and the line is the `Data` of a
    /// Kinesis record as well as the `awslogs.data` of a Lambda event.
    Envelopes,
}

/// Text that names no form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no form '{name}'{hint}: the forms are plain, log-events and envelopes")]
pub struct FormError {
    /// What was asked for.
    pub name: String,
    /// What may have been meant, or nothing.
    pub hint: String,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Plain, Self::LogEvents, Self::Envelopes];

    /// The name that commands use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::LogEvents => "log-events",
            Self::Envelopes => "envelopes",
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Form {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|form| form.name() == text).ok_or_else(|| FormError {
            name: text.to_owned(),
            hint: meant(text, Self::ALL.map(Self::name)),
        })
    }
}

/// Writes deliveries in a form, into buffers that are used again.
#[derive(Debug)]
pub struct Rows {
    form: Form,
    accounts: Vec<AccountId>,
    text: Vec<u8>,
    marks: Vec<(Timestamp, usize)>,
    envelopes: Envelopes,
}

impl Rows {
    /// Rows of this form. `accounts` are those of the plan: an account's place among them is in
    /// the names of its log groups (`cwl_vpc_fl_member_account_1`).
    #[must_use]
    pub fn new(form: Form, accounts: Vec<AccountId>) -> Self {
        let envelopes = Envelopes::default();
        Self { form, accounts, text: Vec::new(), marks: Vec::new(), envelopes }
    }

    /// Appends the next delivery of `traffic` to `out`; `None` at its end.
    pub fn next(&mut self, traffic: &mut Traffic, out: &mut Vec<u8>) -> Option<BatchHead> {
        if self.form == Form::Plain {
            return traffic.write_plain(out);
        }
        self.text.clear();
        self.marks.clear();
        let head = traffic.write_marked(&mut self.text, &mut self.marks)?;
        self.render(&head, out);
        Some(head)
    }

    /// Appends a batch to `out`.
    pub fn batch(&mut self, batch: &Batch, out: &mut Vec<u8>) {
        self.text.clear();
        self.marks.clear();
        for event in &batch.events {
            self.text.extend_from_slice(event.message.as_bytes());
            self.marks.push((event.timestamp, self.text.len()));
            self.text.push(b'\n');
        }
        if self.form == Form::Plain {
            out.extend_from_slice(&self.text);
        } else {
            self.render(&batch.head(), out);
        }
    }

    /// Appends what `text` and `marks` hold.
    fn render(&mut self, head: &BatchHead, out: &mut Vec<u8>) {
        let group = self.group(head.source, head.account);
        let events = Events { head, group: &group, text: &self.text, marks: &self.marks };
        match self.form {
            Form::Envelopes => self.envelopes.write(&events, out),
            Form::Plain | Form::LogEvents => json::write(&events, out),
        }
    }

    /// The log group of a source in an account, as the reference pipeline names it.
    fn group(&self, source: Source, account: AccountId) -> String {
        let member = 1 + self.accounts.iter().position(|id| *id == account).unwrap_or(0);
        match source {
            Source::VpcFlowLogs => format!("cwl_vpc_fl_member_account_{member}"),
            Source::CloudTrail => format!("CloudTrail/member_account_{member}"),
            Source::GuardDuty => "/aws/events/guardduty-demo".to_owned(),
        }
    }
}

/// A delivery whose events lie in one buffer.
pub(super) struct Events<'a> {
    pub(super) head: &'a BatchHead,
    pub(super) group: &'a str,
    text: &'a [u8],
    marks: &'a [(Timestamp, usize)],
}

impl Events<'_> {
    /// Timestamps and messages.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Timestamp, &[u8])> {
        let mut from = 0;
        self.marks.iter().map(move |&(timestamp, end)| {
            let message = self.text.get(from..end).unwrap_or_default();
            from = end + 1;
            (timestamp, message)
        })
    }
}

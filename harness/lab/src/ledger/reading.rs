//! What really lies at the two ends when all is done: the documents and the objects, read again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::decode::decode_error_lines;
use super::{Found, Item, Ledger, Share, decode_document, decode_records};

/// One end of the pipeline, read again.
#[derive(Debug, Default)]
pub(crate) struct Terminal {
    /// How often each event is there, by its entry; saturates at 255.
    pub(crate) copies: Vec<u8>,
    /// Events that are there with another time or text, with what was found.
    pub(crate) changed: BTreeMap<u32, String>,
    /// Events that are there under another account, with the account.
    pub(crate) leaked: BTreeMap<u32, String>,
    /// Events that nobody sent, by their text, with how often.
    pub(crate) unknown: BTreeMap<Arc<str>, u64>,
    /// Payloads that hold no readable events.
    pub(crate) unreadable: u64,
}

/// How many events of a payload are those of a ledger.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Part {
    own: u64,
    all: u64,
}

impl Part {
    /// The bytes of a payload that are this ledger's; those of a payload without events are the
    /// first worker's.
    pub(crate) fn of(self, bytes: u64, share: Option<&Share>) -> u64 {
        match share {
            None => bytes,
            Some(share) if self.all == 0 => bytes * u64::from(share.leads),
            Some(_) => bytes * self.own / self.all,
        }
    }
}

/// Both ends, and what lies under the error prefixes.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) opensearch: Terminal,
    pub(crate) s3: Terminal,
}

impl Reading {
    pub(crate) fn new(ledger: &Ledger) -> Self {
        let end = || Terminal { copies: vec![0; ledger.entries.len()], ..Terminal::default() };
        Self { opensearch: end(), s3: end() }
    }

    /// Leaves aside what others sent: each of several workers accounts for its own events, and
    /// worker 1 for what nobody can read.
    pub(crate) fn forget_others(&mut self, leads: bool) {
        for end in [&mut self.opensearch, &mut self.s3] {
            end.unknown.clear();
            if !leads {
                end.unreadable = 0;
            }
        }
    }

    /// Reads a document of the index; how much of it is this ledger's.
    pub(crate) fn document(&mut self, ledger: &Ledger, source: &[u8]) -> Part {
        if let Some(group) = ledger.known_content(source)
            && group.is_intact()
        {
            self.opensearch.count(group.entries());
            let own = group.entries().count() as u64;
            return Part { own, all: own };
        }
        match decode_document(source) {
            Some(found) => self.opensearch.take(ledger, &found),
            None => {
                self.opensearch.unreadable += 1;
                Part::default()
            }
        }
    }

    /// Reads an object of the bucket: a backup, or error output; how much of it is this ledger's.
    pub(crate) fn object(&mut self, ledger: &mut Ledger, key: &str, body: &[u8]) -> Part {
        if is_error_output(key) {
            for record in decode_error_lines(body) {
                let found = decode_records(&record)
                    .or_else(|| Some(decode_document(&record)?.into_iter().map(owned).collect()));
                for found in found.unwrap_or_default() {
                    if let Item::Known { entry, .. } = ledger.recognise(&found) {
                        ledger.entries[entry as usize].failed = true;
                    }
                }
            }
            return Part::default();
        }
        match decode_records(body) {
            Some(found) => self.s3.take(ledger, &found),
            None => {
                self.s3.unreadable += 1;
                Part::default()
            }
        }
    }
}

impl Terminal {
    fn take(&mut self, ledger: &Ledger, found: &[Found<'_>]) -> Part {
        let mut part = Part { own: 0, all: found.len() as u64 };
        for found in found {
            match ledger.recognise(found) {
                Item::Known { entry, intact, at_home } => {
                    part.own += 1;
                    self.count(std::iter::once(entry));
                    if !intact {
                        self.changed.insert(entry, found.message.clone().into_owned());
                    }
                    if !at_home {
                        let account =
                            found.account.map(|account| account.to_string()).unwrap_or_default();
                        self.leaked.insert(entry, account);
                    }
                }
                Item::Unknown { message } => *self.unknown.entry(message).or_default() += 1,
            }
        }
        part
    }

    fn count(&mut self, entries: impl Iterator<Item = u32>) {
        for entry in entries {
            let copies = &mut self.copies[entry as usize];
            *copies = copies.saturating_add(1);
        }
    }

    /// How often an event is there.
    pub(crate) fn copies_of(&self, entry: u32) -> u8 {
        self.copies.get(entry as usize).copied().unwrap_or(0)
    }
}

/// Whether a key lies under one of the error prefixes (firehose reference, error output).
pub(crate) fn is_error_output(key: &str) -> bool {
    [
        "processing-failed",
        "AmazonOpenSearchService-failed",
        "elasticsearch-failed",
        "format-conversion-failed",
    ]
    .iter()
    .any(|kind| key.split('/').any(|part| part == *kind))
}

fn owned(found: Found<'_>) -> Found<'static> {
    Found {
        account: found.account,
        timestamp: found.timestamp,
        message: found.message.into_owned().into(),
    }
}

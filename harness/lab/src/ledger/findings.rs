//! What the ledger finds when the ends are compared with what was sent.

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_reports::{Counts, Delivery};
use tributary_vocabulary::Stage;

use super::observe::{OPENSEARCH, S3};
use super::{Ledger, Reading};

/// One event that a checker is about, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Its entry.
    pub(crate) entry: u32,
    /// The end at which it was found so.
    pub(crate) end: Stage,
    /// What was found, as a sentence.
    pub(crate) detail: String,
}

/// Everything that was found; each list in the order in which the events were sent.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) delivery: Delivery,
    pub(crate) lost: Vec<Finding>,
    pub(crate) duplicated: Vec<Finding>,
    pub(crate) reordered: Vec<Finding>,
    pub(crate) corrupted: Vec<Finding>,
    pub(crate) leaked: Vec<Finding>,
    /// Texts at the ends that nobody sent, with how often.
    pub(crate) unknown: BTreeMap<Arc<str>, u64>,
    pub(crate) unreadable: u64,
    /// Events that are there more often than due for a call that was made again: it had failed, and
    /// may have had its effect all the same.
    pub(crate) twice_for_a_retry: u64,
}

/// What the pipeline is expected to do with every event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected {
    /// Whether every event has to be in the index.
    pub(crate) index: bool,
    /// Whether every event has to be in the backup.
    pub(crate) backup: bool,
    /// Whether events may still be on their way.
    pub(crate) in_flight: bool,
}

impl Findings {
    /// Compares the ends with what was sent.
    pub(crate) fn of(ledger: &Ledger, reading: &Reading, expected: Expected) -> Self {
        let mut findings = Self {
            unreadable: reading.opensearch.unreadable + reading.s3.unreadable,
            ..Self::default()
        };
        for terminal in [&reading.opensearch, &reading.s3] {
            for (message, count) in &terminal.unknown {
                *findings.unknown.entry(message.clone()).or_default() += count;
            }
        }
        findings.find_order(ledger);
        findings.find_changes(reading);
        for index in 0..u32::try_from(ledger.entries.len()).unwrap_or(u32::MAX) {
            findings.judge(ledger, reading, expected, index);
        }
        findings.count_lists(ledger);
        findings
    }

    /// Says of one event where it ended, and counts it.
    fn judge(&mut self, ledger: &Ledger, reading: &Reading, expected: Expected, index: u32) {
        let entry = &ledger.entries[index as usize];
        let in_opensearch = reading.opensearch.copies_of(index);
        let in_s3 = reading.s3.copies_of(index);
        let mut counts = Counts { generated: 1, ..Counts::default() };
        counts.accepted = u64::from(entry.was_seen(Stage::Logs));
        counts.indexed = u64::from(in_opensearch > 0);
        counts.backed_up = u64::from(in_s3 > 0);
        if in_opensearch == 0 && expected.index {
            if entry.failed {
                counts.failed = 1;
            } else if entry.dropped && entry.put_back == 0 {
                counts.dropped = 1;
            } else if expected.in_flight {
                counts.in_flight = 1;
            } else {
                self.lose(index, Stage::OpenSearch);
                counts.lost = 1;
            }
        }
        let backup_due = expected.backup && !expected.in_flight && !filtered_out(entry);
        if in_s3 == 0 && backup_due {
            if counts.lost == 0 {
                self.lose(index, Stage::S3);
            }
            counts.lost = 1;
        }
        // Where neither end is to be read, the stream is as far as events can be followed.
        let nowhere = !expected.index && !expected.backup && !expected.in_flight;
        if nowhere && !entry.was_seen(Stage::Kinesis) && !filtered_out(entry) {
            self.lose(index, Stage::Kinesis);
            counts.lost = 1;
        }
        if !ledger.was_retried(index) {
            self.find_copies(index, entry.put_back, in_opensearch, in_s3);
        } else if in_opensearch > 1 || in_s3 > entry.put_back.saturating_add(1) {
            self.twice_for_a_retry += 1;
        }
        self.add(ledger, index, &counts);
    }

    fn lose(&mut self, entry: u32, end: Stage) {
        let place = match end {
            Stage::S3 => "the S3 backup",
            Stage::Kinesis => "the stream",
            _ => "OpenSearch",
        };
        self.lost.push(Finding { entry, end, detail: format!("it is not in {place}") });
    }

    /// An event that was put back on the source lies in the backup once more for every time.
    fn find_copies(&mut self, entry: u32, put_back: u8, in_opensearch: u8, in_s3: u8) {
        for (end, copies, due) in
            [(Stage::OpenSearch, in_opensearch, 1), (Stage::S3, in_s3, put_back.saturating_add(1))]
        {
            if copies > due {
                let detail = format!("it is {copies} times in {end}, where {due} is due");
                self.duplicated.push(Finding { entry, end, detail });
                return;
            }
        }
    }

    fn find_order(&mut self, ledger: &Ledger) {
        for (end, stage) in [(OPENSEARCH, Stage::OpenSearch), (S3, Stage::S3)] {
            for entry in &ledger.late_at[end] {
                let detail = format!("it reached {stage} after a later event of its log stream");
                self.reordered.push(Finding { entry: *entry, end: stage, detail });
            }
        }
        once_each(&mut self.reordered);
    }

    fn find_changes(&mut self, reading: &Reading) {
        for (terminal, end) in [(&reading.opensearch, Stage::OpenSearch), (&reading.s3, Stage::S3)]
        {
            for (entry, found) in &terminal.changed {
                let detail = format!("in {end} it reads: {found}");
                self.corrupted.push(Finding { entry: *entry, end, detail });
            }
            for (entry, account) in &terminal.leaked {
                let detail = format!("in {end} it lies under account {account}");
                self.leaked.push(Finding { entry: *entry, end, detail });
            }
        }
        once_each(&mut self.corrupted);
        once_each(&mut self.leaked);
    }

    fn add(&mut self, ledger: &Ledger, index: u32, counts: &Counts) {
        let stream = &ledger.streams[ledger.entries[index as usize].stream as usize];
        self.delivery.total.add(counts);
        // Looked up by reference first: this runs for every event.
        for (map, key) in [
            (&mut self.delivery.by_source, stream.source.name()),
            (&mut self.delivery.by_account, stream.account.as_str()),
        ] {
            match map.get_mut(key) {
                Some(sum) => sum.add(counts),
                None => {
                    map.insert(key.to_owned(), counts.clone());
                }
            }
        }
    }

    fn count_lists(&mut self, ledger: &Ledger) {
        type Of = fn(&mut Counts) -> &mut u64;
        let lists: [(&[Finding], Of); 4] = [
            (&self.duplicated, |counts| &mut counts.duplicated),
            (&self.corrupted, |counts| &mut counts.corrupted),
            (&self.leaked, |counts| &mut counts.leaked),
            (&self.reordered, |counts| &mut counts.reordered),
        ];
        for (list, field) in lists {
            for finding in list {
                let stream =
                    &ledger.streams[ledger.entries[finding.entry as usize].stream as usize];
                *field(&mut self.delivery.total) += 1;
                if let Some(sum) = self.delivery.by_source.get_mut(stream.source.name()) {
                    *field(sum) += 1;
                }
                if let Some(sum) = self.delivery.by_account.get_mut(stream.account.as_str()) {
                    *field(sum) += 1;
                }
            }
        }
        self.delivery.total.corrupted += self.unknown.values().sum::<u64>();
    }
}

/// Whether a filter pattern left the event out, so that it is due at neither end.
fn filtered_out(entry: &super::Entry) -> bool {
    entry.dropped && !entry.was_seen(Stage::Subscription)
}

/// Each event once, in the order in which they were sent; what was found first stays.
fn once_each(findings: &mut Vec<Finding>) {
    findings.sort_by_key(|finding| finding.entry);
    findings.dedup_by_key(|finding| finding.entry);
}

//! The events behind a finding: their texts are made again, since traffic is a pure function of
//! its seed, so the ledger need not keep them.

use std::collections::{BTreeMap, BTreeSet};

use tributary_reports::{EventRef, Evidence};
use tributary_vocabulary::{EventRecord, Stage};

use super::{Case, refusals};
use crate::lab::LabParts;
use crate::ledger::{Finding, Findings, Ledger};

/// How many events a check shows.
pub(super) const SHOWN: usize = 5;

/// The texts of the events that checks show.
#[derive(Debug, Default)]
pub(crate) struct Witness(BTreeMap<u32, EventRecord>);

impl Witness {
    /// Makes the texts of the first events of every finding again.
    pub(super) fn recall(parts: &LabParts<'_>, ledger: &Ledger, findings: &Findings) -> Self {
        let wanted: BTreeSet<u32> = [
            &findings.lost,
            &findings.duplicated,
            &findings.reordered,
            &findings.corrupted,
            &findings.leaked,
        ]
        .into_iter()
        .flat_map(|list| list.iter().take(SHOWN).map(|finding| finding.entry))
        .collect();
        let mut witness = Self::default();
        if wanted.is_empty() || ledger.sent_twice > 0 {
            return witness;
        }
        let mut entry = 0_u32;
        for sent in &parts.sent {
            // The plan made this very traffic before, so it makes it again.
            let Ok(traffic) = sent.plan.traffic() else { continue };
            for batch in traffic {
                for event in batch.events {
                    if wanted.contains(&entry) {
                        witness.0.insert(entry, event);
                    }
                    entry += 1;
                }
            }
        }
        witness
    }
}

impl Case<'_> {
    /// The evidence of the first findings.
    pub(super) fn evidence(&self, findings: &[Finding]) -> Vec<Evidence> {
        findings.iter().take(SHOWN).map(|finding| self.evidence_of(finding)).collect()
    }

    fn evidence_of(&self, finding: &Finding) -> Evidence {
        let entry = &self.ledger.entries[finding.entry as usize];
        let stream = &self.ledger.streams[entry.stream as usize];
        let (timestamp, message) = match self.witness.0.get(&finding.entry) {
            Some(event) => (event.timestamp.ms(), event.message.clone()),
            None => (0, String::new()),
        };
        let (stage, cause) = self.cause_of(finding);
        Evidence {
            event: EventRef {
                account: stream.account.to_string(),
                source: stream.source.name().to_owned(),
                log_group: stream.group.to_string(),
                log_stream: stream.stream.to_string(),
                timestamp,
                message,
            },
            last_stage: self.last_stage(finding),
            cause,
            stage: stage.map(|stage| stage.name().to_owned()),
            detail: finding.detail.clone(),
        }
    }

    /// The last stage that an event was seen at on its way to the end where it is missing.
    pub(super) fn last_stage(&self, finding: &Finding) -> String {
        let entry = &self.ledger.entries[finding.entry as usize];
        let last = if entry.was_seen(finding.end) {
            Some(finding.end)
        } else {
            entry.last_stage_before(finding.end)
        };
        last.map_or("generated", Stage::name).to_owned()
    }

    /// The stage that stopped an event, and why; what is known, else what is missing.
    pub(super) fn cause_of(&self, finding: &Finding) -> (Option<Stage>, String) {
        let entry = &self.ledger.entries[finding.entry as usize];
        let stream = &self.ledger.streams[entry.stream as usize];
        if let Some(refused) = refusals::that_stopped(self, entry, stream) {
            return (Some(refused.step.stops()), refused.cause());
        }
        if let Some(stop) = self.ledger.stops.of(finding.entry) {
            return (Some(stop.stage), stop.cause.clone());
        }
        if entry.was_seen(finding.end) {
            return (None, format!("nothing at {} reported an error", finding.end));
        }
        let last = self.last_stage(finding);
        (None, format!("no stage after {last} saw it, and none reported an error"))
    }
}

//! Where several workers send, each to its own ledger: what is told of what others sent.

use tributary_vocabulary::{Stage, Timestamp, stable_hash};

use super::{Group, Ledger};

/// This ledger is one worker's of several.
#[derive(Debug, Clone, Default)]
pub(crate) struct Share {
    /// Whether this worker carries what all of them send.
    pub(crate) leads: bool,
    /// The stages that only that worker sees: it counts everybody's events there.
    pub(crate) only_leader_sees: Vec<Stage>,
}

impl Ledger {
    /// Whether this one counts what all workers send at a stage.
    pub(super) fn counts_all(&self, stage: Stage) -> bool {
        let Some(share) = &self.share else { return false };
        share.leads && share.only_leader_sees.contains(&stage)
    }

    /// Whether this one counts what all workers send at a stage, and has not yet counted this.
    pub(super) fn has_not_passed(&self, stage: Stage, payload: &[u8]) -> bool {
        self.counts_all(stage) && !self.passed.contains(&(stage, stable_hash(payload)))
    }

    /// A payload passed a stage: takes down its bytes and its events.
    ///
    /// Of several workers each counts the payloads of its own events, so that their sums are the
    /// whole; where only one of them sees a stage, that one counts all.
    pub(super) fn pass(&mut self, now: Timestamp, stage: Stage, payload: &[u8], group: &Group) {
        let counts_all = self.counts_all(stage);
        if counts_all && self.passed.insert((stage, stable_hash(payload))) {
            self.stages[stage.index()].events += group.unknown();
        }
        if self.share.is_none() || counts_all || group.entries().next().is_some() {
            self.stages[stage.index()].bytes += payload.len() as u64;
        }
        self.see(now, stage, group.entries());
    }
}

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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Found, Identifier, SharedLedger, StreamKey};
    use super::*;
    use tributary_vocabulary::{AccountId, EventRecord, Source};

    const OWN: &str = "2 222222222222 eni-0a 10.0.0.1 10.0.0.2 1 2 6 1 40 10 20 ACCEPT OK";
    const OTHERS: &str = "2 222222222222 eni-0b 10.0.0.1 10.0.0.2 1 2 6 1 40 10 20 ACCEPT OK";

    /// Events and bytes at a stage after a payload of each has passed it twice.
    fn passed(share: Option<Share>) -> (u64, u64) {
        let owner = AccountId::repeated(2);
        let ledger = SharedLedger::new(Timestamp::from_ms(0), Identifier::default());
        let (group, stream) = (Arc::from("g"), Arc::from("s"));
        let key = StreamKey { account: owner, owner, source: Source::VpcFlowLogs, group, stream };
        let event = EventRecord { timestamp: Timestamp::from_ms(10), message: OWN.into() };
        let mut book = ledger.lock();
        book.sent(Timestamp::from_ms(100), key, &[event]);
        book.share = share;
        for message in [OWN, OTHERS, OWN, OTHERS] {
            let found = Found { account: Some(owner), timestamp: 10, message: message.into() };
            let group = std::iter::once(book.recognise(&found)).collect();
            book.pass(Timestamp::from_ms(200), Stage::Firehose, message.as_bytes(), &group);
        }
        let stage = &book.stages[Stage::Firehose.index()];
        (stage.events, stage.bytes / OWN.len() as u64)
    }

    #[test]
    fn what_others_sent_is_counted_by_who_alone_sees_it_and_once() {
        let share =
            |leads, stages: &[Stage]| Some(Share { leads, only_leader_sees: stages.to_vec() });
        assert_eq!(passed(None), (1, 4));
        assert_eq!(passed(share(true, &[Stage::Firehose])), (2, 4));
        assert_eq!(passed(share(false, &[Stage::Firehose])), (1, 2));
        assert_eq!(passed(share(true, &[])), (1, 2));
    }
}

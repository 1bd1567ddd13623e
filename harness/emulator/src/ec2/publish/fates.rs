//! What became of each record: it reached a log group, or why it did not.

use tributary_vocabulary::{AccountId, EventRecord, Source};

use crate::kernel::{Observation, World};

/// Why records stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    /// The flow log; what is missing where there is none.
    pub(super) resource: String,
    /// Why, as a code.
    pub(super) code: String,
    /// Why, as a sentence.
    pub(super) message: String,
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Arrived,
    /// The number of the reason.
    Stopped(u16),
}

/// What became of each record of one call.
#[derive(Debug)]
pub(super) struct Fates {
    fates: Vec<Fate>,
    reasons: Vec<Reason>,
}

impl Fates {
    /// So many records that nobody has taken yet, for this reason.
    pub(super) fn new(count: usize, reason: Reason) -> Self {
        Self { fates: vec![Fate::Stopped(0); count], reasons: vec![reason] }
    }

    /// Adds a reason; its number.
    pub(super) fn reason(&mut self, reason: Reason) -> u16 {
        let known = self.reasons.iter().position(|known| *known == reason);
        let place = known.unwrap_or_else(|| {
            self.reasons.push(reason);
            self.reasons.len() - 1
        });
        u16::try_from(place).unwrap_or(0)
    }

    /// The record lies in a log group.
    pub(super) fn arrived(&mut self, index: usize) {
        if let Some(fate) = self.fates.get_mut(index) {
            *fate = Fate::Arrived;
        }
    }

    /// The record was not published by one flow log; by another it may have been.
    pub(super) fn stopped(&mut self, index: usize, reason: u16) {
        if let Some(fate) = self.fates.get_mut(index).filter(|fate| **fate != Fate::Arrived) {
            *fate = Fate::Stopped(reason);
        }
    }

    /// Tells the listener of all records that reached no log group.
    pub(super) fn tell(&self, world: &mut World, account: AccountId, events: &[EventRecord]) {
        for (number, reason) in (0_u16..).zip(&self.reasons) {
            let stopped = Fate::Stopped(number);
            let count = self.fates.iter().filter(|fate| **fate == stopped).count();
            if count == 0 {
                continue;
            }
            world.trace("unpublished", &reason.resource, reason.message.as_bytes());
            let some: Vec<EventRecord>;
            let events = if count == events.len() {
                events
            } else {
                let pairs = events.iter().zip(&self.fates);
                some = pairs.filter(|(_, f)| **f == stopped).map(|(e, _)| e.clone()).collect();
                &some
            };
            world.observe(&Observation::Unpublished {
                account,
                source: Source::VpcFlowLogs,
                resource: &reason.resource,
                code: &reason.code,
                message: &reason.message,
                events,
            });
        }
    }
}

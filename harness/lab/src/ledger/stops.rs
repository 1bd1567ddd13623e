//! Why events stopped.

use std::collections::BTreeMap;

use tributary_vocabulary::Stage;

/// Why events stopped at a stage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stop {
    /// The stage.
    pub(crate) stage: Stage,
    /// Why, as a sentence.
    pub(crate) cause: String,
    /// The lines of a policy's explanation, when a policy stood in the way.
    pub(crate) explanation: Vec<String>,
}

/// All reasons, and which one stopped which event last.
#[derive(Debug, Default)]
pub(crate) struct Stops {
    reasons: Vec<Stop>,
    by_reason: BTreeMap<Stop, u32>,
    by_entry: BTreeMap<u32, u32>,
}

impl Stops {
    /// Notes that `stop` stopped these events.
    pub(crate) fn note(&mut self, stop: Stop, entries: impl IntoIterator<Item = u32>) {
        let reason = match self.by_reason.get(&stop) {
            Some(reason) => *reason,
            None => {
                let reason = u32::try_from(self.reasons.len()).unwrap_or(u32::MAX);
                self.by_reason.insert(stop.clone(), reason);
                self.reasons.push(stop);
                reason
            }
        };
        for entry in entries {
            self.by_entry.insert(entry, reason);
        }
    }

    /// Why this event stopped, when it is known.
    pub(crate) fn of(&self, entry: u32) -> Option<&Stop> {
        self.by_entry.get(&entry).and_then(|reason| self.reasons.get(*reason as usize))
    }

    /// Every reason with the number of events that it stopped.
    pub(crate) fn counted(&self) -> Vec<(&Stop, u64)> {
        let mut counts = vec![0_u64; self.reasons.len()];
        for reason in self.by_entry.values() {
            counts[*reason as usize] += 1;
        }
        self.reasons.iter().zip(counts).collect()
    }
}

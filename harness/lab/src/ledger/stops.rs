//! Why events stopped.

use std::collections::BTreeMap;

use tributary_emulator::policy::{Decision, MatchedStatement};
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
    /// What would mend it, when a policy stood in the way.
    pub(crate) mend: Option<String>,
    /// The document that decided, as it is called in explanations, and the line in it.
    pub(crate) policy: Option<(String, u32)>,
}

/// What makes stops one and the same for a reader: the stage and the statement that decided, in
/// whatever account and whatever object it was about; where no statement did, the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StopKind<'a> {
    stage: Stage,
    policy: Option<(&'a str, u32)>,
    words: &'a str,
}

impl Stop {
    pub(crate) fn kind(&self) -> StopKind<'_> {
        let policy = self.policy.as_ref().map(|(name, line)| {
            // The documents of members are told apart by the account at the end of their name.
            (name.rsplit_once(" (").map_or(name.as_str(), |(name, _)| name), *line)
        });
        let words = self.cause.split("; they lie in ").next().unwrap_or_default();
        let words = if policy.is_some() { "" } else { words };
        StopKind { stage: self.stage, policy, words }
    }

    /// A stop whose reason is no policy, as far as is known.
    pub(crate) fn new(stage: Stage, cause: String) -> Self {
        Self { stage, cause, explanation: Vec::new(), mend: None, policy: None }
    }

    /// The same, explained by the refusal of a policy, where there was one.
    pub(crate) fn explained(mut self, refusal: Option<&Refusal>) -> Self {
        if let Some(refusal) = refusal {
            self.explanation.clone_from(&refusal.lines);
            self.mend = Some(refusal.mend.clone());
            self.policy.clone_from(&refusal.policy);
        }
        self
    }
}

/// What is known of a call that policies refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The lines of the explanation.
    pub(crate) lines: Vec<String>,
    /// What would mend it.
    pub(crate) mend: String,
    /// The document that decided, as it is called in explanations, and the line in it.
    pub(crate) policy: Option<(String, u32)>,
}

impl Refusal {
    /// What a decision tells; of one that allows, nothing.
    pub(crate) fn of(decision: &Decision) -> Self {
        let place = |statement: &MatchedStatement| (statement.policy.clone(), statement.start.line);
        Self {
            lines: decision.explanation_lines(),
            mend: decision.mend().unwrap_or_default(),
            policy: decision.decisive().map(place),
        }
    }
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

    /// Why this event stopped, when it is known, in the words of the first reason of its kind.
    pub(crate) fn of(&self, entry: u32) -> Option<&Stop> {
        let own = self.reasons.get(*self.by_entry.get(&entry)? as usize)?;
        self.reasons.iter().find(|reason| reason.kind() == own.kind())
    }

    /// Every kind of reason, by the first of it, with the number of events that it stopped and of
    /// further reasons of its kind.
    pub(crate) fn counted(&self) -> Vec<(&Stop, u64, usize)> {
        let mut counts = vec![0_u64; self.reasons.len()];
        for reason in self.by_entry.values() {
            counts[*reason as usize] += 1;
        }
        let mut kinds: Vec<(&Stop, u64, usize)> = Vec::new();
        let mut places: BTreeMap<StopKind<'_>, usize> = BTreeMap::new();
        for (stop, events) in self.reasons.iter().zip(counts) {
            match places.get(&stop.kind()) {
                Some(place) => {
                    kinds[*place].1 += events;
                    kinds[*place].2 += 1;
                }
                None => {
                    places.insert(stop.kind(), kinds.len());
                    kinds.push((stop, events, 0));
                }
            }
        }
        kinds.retain(|(_, events, _)| *events > 0);
        kinds
    }
}

//! What goes wrong at present, and what went wrong for good.

use std::collections::BTreeMap;
use std::time::Duration;

use tributary_vocabulary::Timestamp;

use crate::driver::WallClock;

/// How long something is tried again before it is told of.
const QUIET: Duration = Duration::from_secs(10);
/// The most sentences that are kept of what went wrong for good.
const MOST: usize = 100;

/// What goes wrong at present, and what went wrong for good.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    present: BTreeMap<String, Present>,
    final_ones: BTreeMap<String, u64>,
}

#[derive(Debug)]
struct Present {
    since: WallClock,
    why: String,
}

impl Troubles {
    /// Something failed at a place and is tried again.
    pub(super) fn failing(&mut self, place: &str, why: String) {
        let since = WallClock::starting_at(Timestamp::DEFAULT_EPOCH);
        self.present
            .entry(place.to_owned())
            .and_modify(|present| present.why.clone_from(&why))
            .or_insert(Present { since, why });
    }

    /// It goes well at a place.
    pub(super) fn well(&mut self, place: &str) {
        self.present.remove(place);
    }

    /// Something was given up at a place.
    pub(super) fn gave_up(&mut self, place: &str, why: &str, records: u64) {
        self.present.remove(place);
        let sentence = format!("{place}: {why}");
        if self.final_ones.len() < MOST || self.final_ones.contains_key(&sentence) {
            *self.final_ones.entry(sentence).or_default() += records;
        }
    }

    /// All that is to be told of.
    pub(super) fn told(&self) -> Vec<String> {
        let given_up =
            self.final_ones.iter().map(|(why, records)| format!("{why} ({records} given up)"));
        let lasting =
            self.present.iter().filter(|(_, present)| present.since.elapsed() >= QUIET).map(
                |(place, Present { since, why })| {
                    format!("{place}: tried again for {} s: {why}", since.elapsed().as_secs())
                },
            );
        given_up.chain(lasting).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_up_is_told_and_what_passes_is_not() {
        let mut troubles = Troubles::default();
        troubles.failing("stream a", "Unanswered: no route".to_owned());
        assert!(troubles.told().is_empty(), "it has not lasted");
        troubles.well("stream a");
        troubles.gave_up("stream b", "ValidationException: too long", 1);
        troubles.gave_up("stream b", "ValidationException: too long", 2);
        assert_eq!(troubles.told(), ["stream b: ValidationException: too long (3 given up)"]);
    }
}

//! Merging what was found.

use crate::model::{Cause, Check, Run, Threshold, Worker};

/// How many events a check shows at most.
const SHOWN: usize = 5;
/// How many workers' sentences a check joins at most.
const TOLD: usize = 4;

/// Each check once, in the order in which it first appears, ended as it ended worst.
///
/// The sentence is that of the runs where it ended so, told as every worker's where all say the
/// same, and else each with its worker's number.
pub(super) fn checks(runs: &[&Run]) -> Vec<Check> {
    let mut merged: Vec<Check> = Vec::new();
    for id in ids(runs) {
        let found: Vec<(usize, &Check)> = runs
            .iter()
            .enumerate()
            .flat_map(|(worker, run)| run.checks.iter().map(move |check| (worker, check)))
            .filter(|(_, check)| &check.id == id)
            .collect();
        let Some(outcome) = found.iter().map(|(_, check)| check.outcome).max() else { continue };
        let worst: Vec<_> =
            found.iter().filter(|(_, check)| check.outcome == outcome).copied().collect();
        let mut evidence: Vec<_> =
            found.iter().flat_map(|(_, check)| check.evidence.iter().cloned()).collect();
        evidence.sort_by_key(|found| found.event.timestamp);
        evidence.truncate(SHOWN);
        merged.push(Check {
            id: id.clone(),
            outcome,
            sentence: sentence(&worst, runs.len()),
            events: found.iter().fold(0, |sum, (_, check)| sum.saturating_add(check.events)),
            evidence,
        });
    }
    merged
}

fn ids<'a>(runs: &[&'a Run]) -> Vec<&'a String> {
    let mut ids = Vec::new();
    for check in runs.iter().flat_map(|run| &run.checks) {
        if !ids.contains(&&check.id) {
            ids.push(&check.id);
        }
    }
    ids
}

fn sentence(worst: &[(usize, &Check)], workers: usize) -> String {
    let alike = worst.windows(2).all(|pair| pair[0].1.sentence == pair[1].1.sentence);
    match worst.first() {
        Some((_, only)) if workers == 1 => only.sentence.clone(),
        Some((_, first)) if alike && worst.len() == workers => {
            format!("each of {workers} workers: {}", first.sentence)
        }
        _ => {
            let one = |(worker, check): &(usize, &Check)| {
                let worker = Worker { index: *worker as u64, of: workers as u64 };
                format!("{worker}: {}", check.sentence)
            };
            let mut told: Vec<String> = worst.iter().take(TOLD).map(one).collect();
            if worst.len() > TOLD {
                told.push(format!("and {} more workers", worst.len() - TOLD));
            }
            told.join("; ")
        }
    }
}

/// Each threshold once, as the worker measured it that fared worst: a threshold is about a whole
/// run, and no sum or mean of shares would be what it means.
pub(super) fn thresholds(runs: &[&Run]) -> Vec<Threshold> {
    let mut merged: Vec<Threshold> = Vec::new();
    for threshold in runs.iter().flat_map(|run| &run.thresholds) {
        match merged.iter_mut().find(|known| known.source == threshold.source) {
            None => merged.push(threshold.clone()),
            Some(known) if threshold.outcome > known.outcome => *known = threshold.clone(),
            Some(_) => {}
        }
    }
    merged
}

/// Causes that say the same are one, with their events added.
pub(super) fn causes(into: &mut Vec<Cause>, from: &[Cause]) {
    for cause in from {
        let same = |known: &&mut Cause| {
            Cause { events: 0, ..(**known).clone() } == Cause { events: 0, ..cause.clone() }
        };
        match into.iter_mut().find(same) {
            Some(known) => known.events = known.events.saturating_add(cause.events),
            None => into.push(cause.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_say_is_said_once() {
        let (left, right) = (Run::example_refused(), Run::example_refused());
        let merged = checks(&[&left, &right]);
        assert_eq!(
            merged[0].sentence,
            "each of 2 workers: no event of account 333333333333 arrived"
        );
        assert_eq!((merged[0].events, merged[0].evidence.len()), (300_000, 5));
        let mut together = left.causes.clone();
        causes(&mut together, &right.causes);
        assert_eq!(together.len(), 2);
        assert_eq!(together[0].events, 300_000);
    }

    #[test]
    fn a_hundred_workers_do_not_make_a_hundred_sentences() {
        let mut runs: Vec<Run> = (0..100).map(|_| Run::example_loss()).collect();
        for (number, run) in runs.iter_mut().enumerate() {
            run.checks[0].sentence = format!("{number} events are gone");
        }
        let merged = checks(&runs.iter().collect::<Vec<_>>());
        assert_eq!(
            merged[0].sentence,
            "worker 1 of 100: 0 events are gone; worker 2 of 100: 1 events are gone; \
             worker 3 of 100: 2 events are gone; worker 4 of 100: 3 events are gone; \
             and 96 more workers"
        );
    }

    #[test]
    fn the_worst_measurement_stands() {
        let (mut left, right) = (Run::example_loss(), Run::example_loss());
        left.thresholds[0].actual = Some(0.0);
        left.thresholds[0].outcome = crate::Outcome::Passed;
        assert_eq!(thresholds(&[&left, &right]), right.thresholds);
    }
}

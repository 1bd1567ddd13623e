//! Runs that are not the workers of one.

use std::collections::BTreeSet;

use crate::model::{Run, SCHEMA, Worker};
use crate::words::moment;

/// Why runs do not merge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// There is no run.
    #[error("there is nothing to merge: name at least one run file")]
    Nothing,
    /// They differ in what has to be the same.
    #[error(
        "these are not workers of one run: their {what} differs, '{first}' and '{other}'; merge \
         runs of one scenario and seed only"
    )]
    Unlike {
        /// What differs: `scenario`, `seed`, …
        what: &'static str,
        /// What the first run says.
        first: String,
        /// What another one says.
        other: String,
        /// The place of that one among the runs.
        place: usize,
    },
    /// A run is of another version of the model.
    #[error(
        "a run file is of schema '{found}', and this version merges '{SCHEMA}' only: make it again \
         with this version"
    )]
    Schema {
        /// The schema that it names.
        found: String,
        /// The place of the run among the runs.
        place: usize,
    },
    /// One of several runs is not a worker's.
    #[error(
        "this is a whole run and no worker's share, so there is nothing to add to it: leave it out, \
         or merge the runs of `--worker I/N`"
    )]
    Whole {
        /// The place of the run among the runs.
        place: usize,
    },
    /// A worker that there cannot be.
    #[error("it says that it is {worker}, and there is no such worker: make it again")]
    Beyond {
        /// Which worker it says it is.
        worker: Worker,
        /// The place of the run among the runs.
        place: usize,
    },
    /// A worker is there twice.
    #[error("{worker} is there twice: name each worker's run file once")]
    Twice {
        /// Which worker.
        worker: Worker,
        /// The place of the second one among the runs.
        place: usize,
    },
    /// A worker is not there.
    #[error(
        "{worker} is not there, and without it the sums would not be the whole run's: name its run \
         file as well"
    )]
    Missing {
        /// The first missing worker.
        worker: Worker,
    },
}

impl MergeError {
    /// The place, among the runs that were given, of the one that does not merge; `None` when it is
    /// not about one of them.
    #[must_use]
    pub const fn place(&self) -> Option<usize> {
        match self {
            Self::Nothing | Self::Missing { .. } => None,
            Self::Unlike { place, .. }
            | Self::Schema { place, .. }
            | Self::Whole { place }
            | Self::Beyond { place, .. }
            | Self::Twice { place, .. } => Some(*place),
        }
    }
}

/// Refuses runs that are not all the workers of one.
pub(super) fn unlike(runs: &[Run]) -> Result<(), MergeError> {
    let first = runs.first().ok_or(MergeError::Nothing)?;
    for (place, run) in runs.iter().enumerate() {
        if run.schema != SCHEMA {
            return Err(MergeError::Schema { found: run.schema.clone(), place });
        }
        if runs.len() > 1 && run.worker.is_none() {
            return Err(MergeError::Whole { place });
        }
        same("scenario", &first.scenario, &run.scenario, place)?;
        same("seed", &first.seed, &run.seed, place)?;
        same("backend", &first.backend, &run.backend, place)?;
        same("clock", &first.clock, &run.clock, place)?;
        same("epoch", &moment(first.epoch), &moment(run.epoch), place)?;
        let workers = |run: &Run| run.worker.map_or(0, |worker| worker.of);
        same("number of workers", &workers(first), &workers(run), place)?;
    }
    // Of these, one worker may know what another does not.
    same_where_known("backend's version", runs, |run| run.backend_is.as_deref())?;
    same_where_known("transform", runs, |run| run.transform.as_ref().map(|it| it.name.as_str()))?;
    workers(runs)
}

/// Refuses runs of which not each is another one's worker, and all are there.
fn workers(runs: &[Run]) -> Result<(), MergeError> {
    let mut there = BTreeSet::new();
    for (place, worker) in runs.iter().enumerate().filter_map(|(at, run)| Some((at, run.worker?))) {
        if worker.index >= worker.of {
            return Err(MergeError::Beyond { worker, place });
        }
        if !there.insert(worker.index) {
            return Err(MergeError::Twice { worker, place });
        }
    }
    let of = runs.first().and_then(|run| run.worker).map_or(0, |worker| worker.of);
    match (0..of).find(|index| !there.contains(index)) {
        Some(index) => Err(MergeError::Missing { worker: Worker { index, of } }),
        None => Ok(()),
    }
}

fn same_where_known<'a>(
    what: &'static str,
    runs: &'a [Run],
    known: impl Fn(&'a Run) -> Option<&'a str>,
) -> Result<(), MergeError> {
    let known = runs.iter().enumerate().filter_map(|(at, run)| Some((at, known(run)?)));
    let mut first = None;
    for (place, name) in known {
        same(what, first.get_or_insert(name), &name, place)?;
    }
    Ok(())
}

fn same<T: PartialEq + ToString>(
    what: &'static str,
    first: &T,
    other: &T,
    place: usize,
) -> Result<(), MergeError> {
    if first == other {
        Ok(())
    } else {
        let (first, other) = (first.to_string(), other.to_string());
        Err(MergeError::Unlike { what, first, other, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::merge;
    use crate::model::Worker;

    fn of(index: u64, of: u64) -> Run {
        Run { worker: Some(Worker { index, of }), ..Run::new("demo", 7) }
    }

    #[test]
    fn what_one_worker_does_not_know_is_no_difference() {
        let one = Run { worker: Some(Worker { index: 0, of: 2 }), ..Run::example_containers() };
        let other = Run {
            worker: Some(Worker { index: 1, of: 2 }),
            backend_is: None,
            transform: None,
            ..one.clone()
        };
        assert_eq!(merge(&[other, one.clone()]).unwrap().backend_is, one.backend_is);
    }

    #[test]
    fn says_what_is_wrong() {
        let named = |scenario: &str, seed| Run { scenario: scenario.to_owned(), seed, ..of(0, 2) };
        let late = Run { epoch: 1_767_225_600_000, ..of(1, 2) };
        let is = |it: &str, run| Run { backend_is: Some(it.to_owned()), ..run };
        for (runs, place, words) in [
            (vec![], None, "nothing to merge"),
            (vec![named("a", 7), named("b", 7)], Some(1), "their scenario differs, 'a' and 'b'"),
            (vec![named("a", 7), named("a", 8)], Some(1), "their seed differs, '7' and '8'"),
            (vec![of(0, 2), late], Some(1), "epoch differs, '1970-01-01T00:00:00.000Z' and '2026-"),
            (vec![is("a", of(0, 2)), is("b", of(1, 2))], Some(1), "version differs, 'a' and 'b'"),
            (vec![of(0, 2), of(0, 2)], Some(1), "worker 1 of 2 is there twice"),
            (vec![of(0, 3), of(2, 3)], None, "worker 2 of 3 is not there"),
            (vec![of(0, 2), of(0, 3)], Some(1), "number of workers differs, '2' and '3'"),
            (vec![of(0, 2), Run::new("demo", 7)], Some(1), "a whole run and no worker's share"),
            (vec![Run::new("demo", 7); 2], Some(0), "a whole run and no worker's share"),
            (vec![of(0, 2), of(2, 2)], Some(1), "it says that it is worker 3 of 2"),
            (vec![Run { schema: "x/2".to_owned(), ..of(0, 1) }], Some(0), "schema 'x/2'"),
        ] {
            let error = merge(&runs).unwrap_err();
            assert_eq!(error.place(), place, "{error}");
            let error = error.to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}

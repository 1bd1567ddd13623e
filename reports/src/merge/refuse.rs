//! Runs that are not the workers of one.

use crate::model::{Run, SCHEMA};

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
    },
    /// A run is of another version of the model.
    #[error("a run file is of schema '{found}', and this version merges '{SCHEMA}' only")]
    Schema {
        /// The schema that it names.
        found: String,
    },
    /// A worker is there twice.
    #[error("worker {index} of {of} is there twice: name each worker's run file once")]
    Twice {
        /// Which worker, counted from 0.
        index: u64,
        /// How many workers there are.
        of: u64,
    },
    /// A worker is not there.
    #[error("worker {index} of {of} is not there: the sums would not be the whole run's")]
    Missing {
        /// The first missing worker, counted from 0.
        index: u64,
        /// How many workers there are.
        of: u64,
    },
}

/// Refuses runs that are not all the workers of one.
pub(super) fn unlike(runs: &[Run]) -> Result<(), MergeError> {
    let first = runs.first().ok_or(MergeError::Nothing)?;
    for run in runs {
        if run.schema != SCHEMA {
            return Err(MergeError::Schema { found: run.schema.clone() });
        }
        same("scenario", &first.scenario, &run.scenario)?;
        same("seed", &first.seed, &run.seed)?;
        same("backend", &first.backend, &run.backend)?;
        same("clock", &first.clock, &run.clock)?;
        same("epoch", &first.epoch, &run.epoch)?;
        let transform = |run: &Run| {
            run.transform.as_ref().map_or_else(|| "none".to_owned(), |used| used.name.clone())
        };
        same("transform", &transform(first), &transform(run))?;
        let workers = |run: &Run| run.worker.map_or(0, |worker| worker.of);
        same("number of workers", &workers(first), &workers(run))?;
    }
    let Some(of) = first.worker.map(|worker| worker.of) else { return Ok(()) };
    let mut there: Vec<u64> = runs.iter().filter_map(|run| Some(run.worker?.index)).collect();
    there.sort_unstable();
    if let Some(pair) = there.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(MergeError::Twice { index: pair[0], of });
    }
    match (0..of).find(|index| there.binary_search(index).is_err()) {
        Some(index) => Err(MergeError::Missing { index, of }),
        None => Ok(()),
    }
}

fn same<T: PartialEq + ToString>(
    what: &'static str,
    first: &T,
    other: &T,
) -> Result<(), MergeError> {
    if first == other {
        Ok(())
    } else {
        Err(MergeError::Unlike { what, first: first.to_string(), other: other.to_string() })
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
    fn says_what_is_wrong() {
        for (runs, words) in [
            (vec![], "nothing to merge"),
            (vec![Run::new("a", 7), Run::new("b", 7)], "their scenario differs, 'a' and 'b'"),
            (vec![Run::new("a", 7), Run::new("a", 8)], "their seed differs, '7' and '8'"),
            (vec![of(0, 2), of(0, 2)], "worker 0 of 2 is there twice"),
            (vec![of(0, 3), of(2, 3)], "worker 1 of 3 is not there"),
            (vec![of(0, 2), Run::new("demo", 7)], "number of workers differs, '2' and '0'"),
            (vec![Run { schema: "x/2".to_owned(), ..of(0, 1) }], "schema 'x/2'"),
        ] {
            let error = merge(&runs).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}

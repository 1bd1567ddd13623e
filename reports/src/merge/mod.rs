//! The run files of several workers, made into one.

mod figures;
mod findings;
mod refuse;
mod repeat;
mod sums;

pub use refuse::MergeError;

use crate::model::{Outcome, Run, Topology};

/// The exit code of a run whose delivery does not hold.
const DELIVERY: u8 = 100;

/// Makes one run of the runs of several workers of one scenario and seed.
///
/// Counts and bytes are sums; `simulated_s`, `wall_s`, the slowest latency and a shard's fullest
/// second are the greatest; percentiles come from the merged histograms and so are what one
/// histogram of everything would say, to its bucket; the transform's speeds are weighted by the
/// processor time. The outcome is the worst one, with its exit code; a check or threshold ends as
/// it ended worst. The trace hashes stand one after the other, joined by `+`; workers of a backend
/// that tells none add none. What one worker knows alone, such as the shards and the transform of
/// the one that carries the bridges, stands as it knows it. The order of `runs` does not matter.
///
/// The check `merge.sums` is added, which fails the run when the accounting of a worker, or of all
/// together, does not close. A single run that is not a worker's is left as it is.
///
/// # Errors
/// When there are none, when they are not of one scenario, seed, backend, clock, epoch,
/// transform and schema, or when they are not all the workers of one run, each once.
pub fn merge(runs: &[Run]) -> Result<Run, MergeError> {
    refuse::unlike(runs)?;
    let mut runs: Vec<&Run> = runs.iter().collect();
    runs.sort_by_key(|run| run.worker);
    let Some((&first, others)) = runs.split_first() else { return Err(MergeError::Nothing) };
    if first.worker.is_none() {
        return Ok(first.clone());
    }
    let mut merged = Run {
        worker: None,
        repeat: repeat::of(&runs),
        trace_sha256: traces(&runs),
        ..first.clone()
    };
    for run in others {
        merged.backend_is = merged.backend_is.take().or_else(|| run.backend_is.clone());
        merged.simulated_s = merged.simulated_s.max(run.simulated_s);
        merged.wall_s = merged.wall_s.max(run.wall_s);
        merged.topology = topology(&merged.topology, &run.topology);
        for bridge in &run.bridges {
            if !merged.bridges.contains(bridge) {
                merged.bridges.push(bridge.clone());
            }
        }
        for skipped in &run.skipped {
            if !merged.skipped.contains(skipped) {
                merged.skipped.push(skipped.clone());
            }
        }
        figures::delivery(&mut merged.delivery, &run.delivery);
        figures::stages(&mut merged.stages, &run.stages);
        figures::shards(&mut merged.shards, &run.shards);
        merged.transform = figures::transform(merged.transform.take(), run.transform.as_ref());
        findings::causes(&mut merged.causes, &run.causes);
    }
    merged.checks = findings::checks(&runs);
    merged.thresholds = findings::thresholds(&runs);
    let worst = runs.iter().max_by_key(|run| (run.outcome, run.exit_code));
    (merged.outcome, merged.exit_code) =
        worst.map_or((Outcome::Aborted, 1), |run| (run.outcome, run.exit_code));
    let sums = sums::check(&runs, &merged.delivery.total);
    if sums.outcome > Outcome::Skipped && merged.outcome <= Outcome::Skipped {
        (merged.outcome, merged.exit_code) = (sums.outcome, DELIVERY);
    }
    merged.checks.push(sums);
    Ok(merged)
}

fn traces(runs: &[&Run]) -> String {
    let traces = runs.iter().map(|run| run.trace_sha256.as_str());
    traces.filter(|trace| !trace.is_empty()).collect::<Vec<_>>().join("+")
}

/// The rate is shared by the workers; all else is the same for each.
fn topology(left: &Topology, right: &Topology) -> Topology {
    Topology {
        accounts: left.accounts.max(right.accounts),
        members: left.members.max(right.members),
        shards: left.shards.max(right.shards),
        region: left.region.clone(),
        rate_per_s: left.rate_per_s + right.rate_per_s,
        duration_s: left.duration_s.max(right.duration_s),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Worker;

    fn worker(run: Run, index: u64) -> Run {
        Run { worker: Some(Worker { index, of: 2 }), ..run }
    }

    /// The failing run, as if it were a share of the scenario that passed.
    fn loss() -> Run {
        let passed = Run::example_passed();
        Run { scenario: passed.scenario, transform: passed.transform, ..Run::example_loss() }
    }

    #[test]
    fn the_worst_outcome_wins_and_counts_add_up() {
        let both = [worker(loss(), 1), worker(Run::example_passed(), 0)];
        let merged = merge(&both).unwrap();
        assert_eq!((merged.outcome, merged.exit_code), (Outcome::Failed, 100));
        assert_eq!(merged.worker, None);
        assert_eq!(merged.delivery.total.generated, 900_000);
        assert_eq!(merged.delivery.total.indexed, 900_000 - 1_204);
        assert_eq!(merged.delivery.by_account["222222222222"].indexed, 300_000 - 1_204);
        assert_eq!(merged.stages[4].events, 900_000 - 1_204);
        assert_eq!(merged.stages[5].latency_ms.max, Some(366_100));
        assert_eq!(merged.shards[2].records, 5_280);
        assert!((merged.topology.rate_per_s - 1_000.0).abs() < f64::EPSILON);
        assert!((merged.wall_s - 2.304).abs() < f64::EPSILON);
        let loss = &merged.checks[0];
        assert_eq!((loss.id.as_str(), loss.outcome), ("delivery.loss", Outcome::Failed));
        assert_eq!((loss.events, loss.evidence.len()), (1_204, 5));
        assert!(loss.sentence.contains("worker 2 of 2: 1 204 of 450 000"), "{}", loss.sentence);
        insta::assert_snapshot!(crate::text::summary(
            &merged,
            &crate::text::TextOptions::default()
        ));
    }

    #[test]
    fn the_order_of_workers_does_not_matter() {
        let (left, right) = (worker(Run::example_passed(), 0), worker(loss(), 1));
        assert_eq!(merge(&[left.clone(), right.clone()]), merge(&[right, left]));
    }

    /// What workers of one endpoint leave: each its own share, and the first one the bridges.
    fn share(index: u64) -> Run {
        let run = Run {
            worker: Some(Worker { index, of: 4 }),
            repeat: format!("tributary load --aws http://127.0.0.1:4566 --worker {}/4", index + 1),
            ..Run::example_containers()
        };
        if index == 0 {
            return run;
        }
        let mut run = Run { shards: Vec::new(), transform: None, bridges: Vec::new(), ..run };
        for stage in &mut run.stages {
            stage.bridge = None;
        }
        run
    }

    #[test]
    fn workers_of_one_endpoint_make_one_run() {
        let merged = merge(&[share(2), share(0), share(3), share(1)]).unwrap();
        let one = share(0);
        assert_eq!((merged.outcome, merged.exit_code), (Outcome::Passed, 0));
        assert_eq!((merged.epoch, merged.trace_sha256.as_str()), (one.epoch, ""));
        assert_eq!((&merged.shards, &merged.transform), (&one.shards, &one.transform));
        assert_eq!((&merged.bridges, &merged.skipped), (&one.bridges, &one.skipped));
        assert_eq!(merged.stages[2].bridge.as_deref(), Some("subscription"));
        assert_eq!(merged.stages[2].events, 12_000);
        assert_eq!(
            merged.repeat,
            "for i in 1 2 3 4; do tributary load --aws http://127.0.0.1:4566 --worker $i/4 & done; wait"
        );
        let sums = merged.checks.last().unwrap();
        assert_eq!((sums.id.as_str(), sums.outcome), ("merge.sums", Outcome::Passed));
        assert!(sums.sentence.starts_with("4 workers: 12 000 generated = 12 000 indexed + "));
        assert_eq!(merge(std::slice::from_ref(&merged)), Ok(merged));
    }

    #[test]
    fn an_account_that_does_not_close_fails_the_run() {
        let mut runs = [share(0), share(1), share(2), share(3)];
        runs[3].delivery.total.indexed -= 1;
        let merged = merge(&runs).unwrap();
        assert_eq!((merged.outcome, merged.exit_code), (Outcome::Failed, 100));
        let sums = merged.checks.last().unwrap();
        assert!(sums.sentence.contains("worker 4 of 4: 3 000 generated ≠ 2 999"), "{sums:?}");
    }

    #[test]
    fn one_run_merges_to_itself() {
        let run = Run::example_refused();
        assert_eq!(merge(std::slice::from_ref(&run)), Ok(run));
    }
}

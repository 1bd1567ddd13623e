//! The run files of several workers, made into one.

mod figures;
mod findings;
mod refuse;

pub use refuse::MergeError;

use crate::model::{Outcome, Run, Topology};

/// Makes one run of the runs of several workers of one scenario and seed.
///
/// Counts and bytes are sums; `simulated_s`, `wall_s`, the slowest latency and a shard's fullest
/// second are the greatest; percentiles come from the merged histograms and so are what one
/// histogram of everything would say, to its bucket; the transform's speeds are weighted by the
/// processor time. The outcome is the worst one, with its exit code; a check or threshold ends as
/// it ended worst. The trace hashes stand one after the other, joined by `+`. The order of `runs`
/// does not matter when each names its worker.
///
/// # Errors
/// When there are none, when they are not of one scenario, seed, backend, clock, epoch,
/// transform and schema,
/// or when the workers that they name are not all there, each once.
pub fn merge(runs: &[Run]) -> Result<Run, MergeError> {
    refuse::unlike(runs)?;
    let mut runs: Vec<&Run> = runs.iter().collect();
    runs.sort_by_key(|run| run.worker);
    let Some((&first, others)) = runs.split_first() else { return Err(MergeError::Nothing) };
    let mut merged = Run { worker: None, ..first.clone() };
    for run in others {
        merged.simulated_s = merged.simulated_s.max(run.simulated_s);
        merged.wall_s = merged.wall_s.max(run.wall_s);
        merged.trace_sha256 = format!("{}+{}", merged.trace_sha256, run.trace_sha256);
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
    Ok(merged)
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
        assert!(loss.sentence.contains("worker 1: 1 204 of 450 000"), "{}", loss.sentence);
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

    #[test]
    fn one_run_merges_to_itself() {
        let run = Run::example_refused();
        assert_eq!(merge(std::slice::from_ref(&run)), Ok(run));
    }
}

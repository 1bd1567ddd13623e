//! What was skipped, counted and said alike in every rendering.

use crate::model::{Outcome, Run};

/// What the list of missing capabilities is called.
pub(crate) const TITLE: &str = "what this backend cannot do";

/// How many capabilities, checks and thresholds were skipped: as many as JUnit has skipped cases.
pub(crate) fn count(run: &Run) -> usize {
    let skipped = |outcome: &Outcome| *outcome == Outcome::Skipped;
    let checks = run.checks.iter().map(|check| &check.outcome).filter(|it| skipped(it)).count();
    let thresholds = run.thresholds.iter().map(|it| &it.outcome).filter(|it| skipped(it)).count();
    run.skipped.len() + checks + thresholds
}

/// What a verdict says about it: `4 skipped`; nothing where nothing was skipped, or where the run
/// did not pass and has worse to tell.
pub(crate) fn note(run: &Run) -> Option<String> {
    let number = count(run);
    (!run.outcome.is_bad() && number > 0).then(|| format!("{number} skipped"))
}

/// The sentence of a run that was skipped as a whole.
pub(crate) const NOT_JUDGED: &str = "not judged here, so not passed";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capabilities_and_checks_count_and_a_failure_comes_first() {
        assert_eq!(note(&Run::example_passed()), None);
        assert_eq!(note(&Run::example_containers()), Some("10 skipped".to_owned()));
        assert_eq!(note(&Run::example_loss()), None);
        assert_eq!(count(&Run::example_loss()), 1);
    }
}

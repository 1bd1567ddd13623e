//! What was skipped, counted and said alike in every rendering.

use crate::model::{Check, Outcome, Run};

/// What the list of missing capabilities is called.
pub(crate) const TITLE: &str = "what this backend cannot do";

/// How many missing capabilities a sentence names.
const NAMED: usize = 3;

/// Why a run failed in which nothing else did: it was strict about what was skipped.
pub(crate) fn strict(run: &Run) -> bool {
    run.outcome == Outcome::Failed
        && !run.skipped.is_empty()
        && !run.checks.iter().any(|check| check.outcome.is_bad())
        && !run.thresholds.iter().any(|threshold| threshold.outcome.is_bad())
}

/// How many capabilities, checks and thresholds were skipped: as many as JUnit has skipped cases.
pub(crate) fn count(run: &Run) -> usize {
    let skipped = |outcome: &Outcome| *outcome == Outcome::Skipped;
    let checks = run.checks.iter().map(|check| &check.outcome).filter(|it| skipped(it)).count();
    let thresholds = run.thresholds.iter().map(|it| &it.outcome).filter(|it| skipped(it)).count();
    run.skipped.len() + checks + thresholds
}

/// What the verdict of a run that passed says about it: `4 skipped`; nothing where nothing was, or
/// where the run did not pass and has worse to tell.
pub(crate) fn note(run: &Run) -> Option<String> {
    let number = count(run);
    (run.outcome == Outcome::Passed && number > 0).then(|| format!("{number} skipped"))
}

/// The id of the check without which nothing is judged.
const LOSS: &str = "delivery.loss";

/// The sentence of a run that was skipped as a whole, with what was missing.
pub(crate) fn not_judged(run: &Run) -> String {
    let loss = |check: &&Check| check.id == LOSS && check.outcome == Outcome::Skipped;
    if let Some(loss) = run.checks.iter().find(loss) {
        return format!("loss is not judged here, so not passed: {}", loss.sentence);
    }
    let names: Vec<&str> = run.skipped.iter().map(|skipped| skipped.requires.as_str()).collect();
    let more = names.len().saturating_sub(NAMED);
    let named = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let lacking = match (named.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!(": this backend lacks {named}"),
        (false, more) => format!(": this backend lacks {named} and {more} more"),
    };
    format!("not judged here, so not passed{lacking}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capabilities_and_checks_count_and_a_failure_comes_first() {
        assert_eq!(note(&Run::example_passed()), None);
        assert_eq!(note(&Run::example_containers()), Some("10 skipped".to_owned()));
        assert_eq!(note(&Run::example_loss()), None);
        assert_eq!(count(&Run::example_loss()), 1);
        assert_eq!(note(&Run::example_skipped()), None);
    }

    #[test]
    fn what_was_missing_is_named() {
        let mut run = Run::example_skipped();
        let bare = "not judged here, so not passed";
        assert_eq!(not_judged(&run), format!("{bare}: this backend lacks filter-patterns"));
        run.skipped = Run::example_containers().skipped;
        let names = "sources, cross-account-destinations, filter-patterns and 6 more";
        assert_eq!(not_judged(&run), format!("{bare}: this backend lacks {names}"));
        run.skipped.clear();
        assert_eq!(not_judged(&run), bare);
        run.checks.push(Check::new(LOSS, Outcome::Skipped, "there is nothing to look into"));
        let loss = "loss is not judged here, so not passed: there is nothing to look into";
        assert_eq!(not_judged(&run), loss);
    }
}

//! Whether the merged accounting closes.

use crate::model::{Check, Counts, Outcome, Run, Worker};
use crate::words::{PLAIN, count};

const ID: &str = "merge.sums";
/// The check that was made where somebody looked for the events in OpenSearch.
const LOSS: &str = "delivery.loss";

/// `merge.sums`: for each worker and for all together, every event that was generated is indexed,
/// dropped, failed, in flight or lost. Workers that did not look into OpenSearch cannot know, so
/// their sums are not asked for.
pub(super) fn check(runs: &[&Run], total: &Counts) -> Check {
    let judged: Vec<(usize, &Run)> = runs
        .iter()
        .enumerate()
        .filter(|(_, run)| is_judged(run))
        .map(|(at, run)| (at, *run))
        .collect();
    let of = runs.len();
    let workers = if of == 1 { "1 worker".to_owned() } else { format!("{of} workers") };
    if judged.is_empty() {
        let sentence =
            format!("{workers}: none looked into OpenSearch, so no sum could be checked");
        return Check::new(ID, Outcome::Skipped, sentence);
    }
    let mut open = Vec::new();
    let mut events: u64 = 0;
    for (at, run) in &judged {
        let counts = &run.delivery.total;
        if !closes(counts) {
            let worker = Worker { index: *at as u64, of: of as u64 };
            open.push(format!("{worker}: {}", equation(counts)));
            events = events.saturating_add(counts.generated.abs_diff(found(counts)));
        }
    }
    if !open.is_empty() {
        return Check::failed(ID, format!("the sums do not close: {}", open.join("; ")), events);
    }
    if judged.len() < of {
        let sentence = format!(
            "{workers}: the sums of {} close, the others did not look into OpenSearch",
            judged.len()
        );
        return Check::new(ID, Outcome::Skipped, sentence);
    }
    let sentence = format!("{workers}: {}", equation(total));
    if closes(total) {
        return Check::passed(ID, sentence);
    }
    let sentence = format!("the sums do not close: {sentence}");
    Check::failed(ID, sentence, total.generated.abs_diff(found(total)))
}

fn is_judged(run: &Run) -> bool {
    let looked = |outcome| matches!(outcome, Outcome::Passed | Outcome::Failed);
    run.checks.iter().any(|check| check.id == LOSS && looked(check.outcome))
}

fn closes(counts: &Counts) -> bool {
    counts.generated == found(counts)
}

fn parts(counts: &Counts) -> [(u64, &'static str); 5] {
    [
        (counts.indexed, "indexed"),
        (counts.dropped, "dropped"),
        (counts.failed, "failed"),
        (counts.in_flight, "in flight"),
        (counts.lost, "lost"),
    ]
}

fn found(counts: &Counts) -> u64 {
    parts(counts).iter().fold(0, |sum, (events, _)| sum.saturating_add(*events))
}

/// `12 000 generated = 11 990 indexed + 0 dropped + 10 failed + 0 in flight + 0 lost`.
fn equation(counts: &Counts) -> String {
    let parts = parts(counts).map(|(events, name)| format!("{} {name}", count(events, PLAIN)));
    let sign = if closes(counts) { "=" } else { "≠" };
    format!("{} generated {sign} {}", count(counts.generated, PLAIN), parts.join(" + "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(runs: &[Run]) -> Check {
        let mut total = Counts::default();
        for run in runs {
            total.add(&run.delivery.total);
        }
        check(&runs.iter().collect::<Vec<_>>(), &total)
    }

    #[test]
    fn sums_that_close_are_told() {
        let found = all(&[Run::example_passed(), Run::example_loss()]);
        assert_eq!(found.outcome, Outcome::Passed);
        assert_eq!(
            found.sentence,
            "2 workers: 900 000 generated = 898 796 indexed + 0 dropped + 1 204 failed + \
             0 in flight + 0 lost"
        );
    }

    #[test]
    fn one_worker_whose_sum_is_open_is_named_even_when_another_makes_up_for_it() {
        let (mut more, mut less) = (Run::example_passed(), Run::example_passed());
        more.delivery.total.indexed += 5;
        less.delivery.total.indexed -= 5;
        let found = all(&[Run::example_passed(), more, less]);
        assert_eq!((found.outcome, found.events), (Outcome::Failed, 10));
        assert!(found.sentence.contains("worker 2 of 3: 450 000 generated ≠ 450 005 indexed"));
        assert!(found.sentence.contains("worker 3 of 3:"), "{}", found.sentence);
    }

    #[test]
    fn who_did_not_look_is_not_asked() {
        let mut blind = Run::example_passed();
        blind.checks.clear();
        blind.delivery.total.indexed = 0;
        let found = all(&[blind.clone(), Run::example_passed()]);
        assert_eq!(found.outcome, Outcome::Skipped);
        assert!(found.sentence.starts_with("2 workers: the sums of 1 close"), "{}", found.sentence);
        assert_eq!(all(&[blind.clone(), blind]).outcome, Outcome::Skipped);
    }
}

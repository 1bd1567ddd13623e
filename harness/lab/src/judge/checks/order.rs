//! `delivery.order`: the order is kept within each log stream.

use tributary_reports::{Check, Outcome};

use super::{Case, events_are};

const ID: &str = "delivery.order";

/// Each event reaches each end after the events of its log stream that were sent before it.
pub(super) fn check(case: &Case<'_>) -> Check {
    if case.parts.ground.core().is_none() {
        let sentence =
            "in which order events came is not told by what lies at the ends of this backend";
        return Check::new(ID, Outcome::Skipped, sentence);
    }
    let number = case.findings.reordered.len() as u64;
    if number == 0 {
        return Check::passed(ID, "the events of every log stream arrived in their order");
    }
    let sentence = format!("{} out of order within their log stream", events_are(number));
    let mut check = Check::failed(ID, sentence, number);
    check.evidence = case.evidence(&case.findings.reordered);
    check
}

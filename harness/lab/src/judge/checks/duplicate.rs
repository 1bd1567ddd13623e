//! `delivery.duplicate`: no event is there twice.

use tributary_reports::Check;

use super::{Case, events_are, without_ends};

const ID: &str = "delivery.duplicate";

/// Each event is at each end as often as it is due: once, and in the backup, which keeps what lay
/// on the stream, once more for every time that a transform put it back there.
pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(skipped) = without_ends(case, ID, "whether an event is there twice") {
        return skipped;
    }
    let number = case.findings.duplicated.len() as u64;
    let retried = match case.findings.twice_for_a_retry {
        0 => String::new(),
        again => format!(
            "; {} there once more, for a call that failed and was made again",
            events_are(again)
        ),
    };
    if number == 0 {
        let sentence = format!("no event is there more often than it is due{retried}");
        return Check::passed(ID, sentence);
    }
    if case.parts.settings.at_least_once {
        let sentence =
            format!("{} there more than once, as at-least-once allows", events_are(number));
        return Check::passed(ID, sentence);
    }
    let sentence = format!("{} there more often than due{retried}", events_are(number));
    let mut check = Check::failed(ID, sentence, number);
    check.evidence = case.evidence(&case.findings.duplicated);
    check
}

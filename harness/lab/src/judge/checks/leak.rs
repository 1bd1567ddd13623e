//! `delivery.leak`: no event lies under another account.

use tributary_reports::Check;

use super::{Case, events_are, without_ends};

const ID: &str = "delivery.leak";

/// Each event lies under the account that it was sent in.
pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(skipped) = without_ends(case, ID, "whether an event lies under another account") {
        return skipped;
    }
    let number = case.findings.leaked.len() as u64;
    if number == 0 {
        return Check::passed(ID, "no event lies under another account than its own");
    }
    let sentence = format!("{} under another account than their own", events_are(number));
    let mut check = Check::failed(ID, sentence, number);
    check.evidence = case.evidence(&case.findings.leaked);
    check
}

//! The checkers, one file each: an id, a sentence, evidence.

mod contract;
mod corruption;
mod duplicate;
mod leak;
mod loss;
mod order;
mod trail;

use tributary_reports::{Check, Outcome};

use super::Case;

/// All checks, in the order in which they are reported.
pub(super) fn all(case: &Case<'_>) -> Vec<Check> {
    let mut checks = vec![
        loss::check(case),
        duplicate::check(case),
        order::check(case),
        corruption::check(case),
        leak::check(case),
        contract::check(case),
    ];
    checks.extend(trail::check(case));
    checks
}

/// That a check cannot be made, when there is no end to make it at; `what` it would have told.
fn without_ends(case: &Case<'_>, id: &str, what: &str) -> Option<Check> {
    let none = !case.expected.index && !case.expected.backup;
    let sentence = || format!("{what} is not to be seen: there is neither index nor backup");
    none.then(|| Check::new(id, Outcome::Skipped, sentence()))
}

/// A number with blanks between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// `1 event is`, `2 events are`.
fn events_are(number: u64) -> String {
    if number == 1 { "1 event is".to_owned() } else { format!("{} events are", grouped(number)) }
}

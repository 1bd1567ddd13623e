//! `transform.contract`: the transform answers every record as Firehose demands.

use tributary_reports::{Check, Outcome};

use super::{Case, grouped};

const ID: &str = "transform.contract";

/// Every record that the transform was given was answered once, with a result and data that
/// Firehose accepts.
pub(super) fn check(case: &Case<'_>) -> Check {
    let broken = &case.ledger.contract;
    if case.ledger.records_transformed == 0 && broken.is_empty() {
        return Check::new(ID, Outcome::Skipped, "no record reached the transform");
    }
    if broken.is_empty() {
        let records = grouped(case.ledger.records_transformed);
        let sentence = format!("the transform answered all {records} records as it has to");
        return Check::passed(ID, sentence);
    }
    let number = broken.values().sum();
    let reasons: Vec<String> = broken
        .iter()
        .map(|((code, message), records)| {
            format!("{code} ({} records): {message}", grouped(*records))
        })
        .collect();
    let sentence = format!(
        "the transform did not keep the contract for {} records: {}",
        grouped(number),
        reasons.join("; ")
    );
    Check::failed(ID, sentence, number)
}

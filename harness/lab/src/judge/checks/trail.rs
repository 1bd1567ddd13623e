//! `delivery.trail`: what trails write to their own bucket, beside the pipeline.

use tributary_reports::{Check, Outcome};
use tributary_vocabulary::Source;

use super::{Case, grouped};
use crate::topology::Names;

const ID: &str = "delivery.trail";

/// Each CloudTrail record is in a log file of the trails' bucket, once; `None` without such records.
pub(super) fn check(case: &Case<'_>) -> Option<Check> {
    let due: Vec<(usize, _)> = case
        .ledger
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| {
            case.ledger.streams[entry.stream as usize].source == Source::CloudTrail
        })
        .collect();
    if due.is_empty() {
        return None;
    }
    let bucket = Names::TRAIL_BUCKET;
    if case.parts.ground.remote().is_some_and(|remote| !remote.route.sources) {
        let sentence = "no trail of this backend writes to a bucket";
        return Some(Check::new(ID, Outcome::Skipped, sentence));
    }
    let trails = &case.trails;
    let missing = due.iter().filter(|(_, entry)| !entry.archived).count() as u64;
    let mut faults = Vec::new();
    if missing > 0 {
        let due = grouped(due.len() as u64);
        faults.push(format!(
            "{} of {due} CloudTrail records are not in s3://{bucket}",
            grouped(missing)
        ));
    }
    if trails.twice > 0 {
        faults.push(format!("{} are in s3://{bucket} more than once", grouped(trails.twice)));
    }
    if trails.unreadable > 0 {
        let files = grouped(trails.unreadable);
        faults.push(format!("{files} files of s3://{bucket} are no log files"));
    }
    let faulty = missing + trails.twice + trails.unreadable;
    if faulty > 0 {
        return Some(Check::failed(ID, faults.join("; "), faulty));
    }
    Some(Check::passed(
        ID,
        format!(
            "every CloudTrail record is in s3://{bucket} ({} in {} files)",
            grouped(trails.records),
            grouped(trails.files)
        ),
    ))
}

//! `delivery.loss`: every event is at both ends.

use std::collections::BTreeSet;

use tributary_reports::{Check, Outcome};
use tributary_vocabulary::Stage;

use super::{Case, events_are, grouped};
use crate::topology::Names;

const ID: &str = "delivery.loss";

/// Every event that was sent is in OpenSearch and in the backup. What a transform dropped or a
/// filter pattern left out is counted and not lost; what Firehose gave up, or is still on its way
/// at the end, did not arrive.
pub(super) fn check(case: &Case<'_>) -> Check {
    let counts = &case.findings.delivery.total;
    if !case.unread.is_empty() {
        let number = counts.lost + counts.in_flight;
        return Check::failed(
            ID,
            format!("an end cannot be read: {}", case.unread.join("; ")),
            number,
        );
    }
    let missing = counts.lost + counts.failed + counts.in_flight;
    if counts.generated == 0 && case.ledger.share.is_some() {
        return Check::passed(ID, "no log stream fell to this worker, so it sent nothing");
    }
    if counts.generated == 0 {
        return Check::failed(ID, "no event was sent, so none can be accounted for", 0);
    }
    if missing == 0 && !case.expected.index && !case.expected.backup {
        return Check::new(ID, Outcome::Skipped, on_the_stream(case));
    }
    if missing == 0 {
        return Check::passed(ID, arrived(case));
    }
    let mut sentence = if counts.lost > 0 { lost(case) } else { String::new() };
    for (number, what) in [
        (counts.failed, "were given up by Firehose and lie under an error prefix"),
        (counts.in_flight, "were still on their way when the run ended"),
    ] {
        if number > 0 {
            let link = if sentence.is_empty() { "" } else { "; " };
            sentence.push_str(&format!("{link}{} events {what}", grouped(number)));
        }
    }
    let mut check = Check::failed(ID, sentence, missing);
    check.evidence = case.evidence(&case.findings.lost);
    check
}

/// Where neither index nor backup can be read, the stream is as far as events can be followed.
fn on_the_stream(case: &Case<'_>) -> String {
    format!(
        "every event came through the stream ({}); this backend has neither index nor backup to \
         look into",
        grouped(case.findings.delivery.total.generated)
    )
}

fn arrived(case: &Case<'_>) -> String {
    let counts = &case.findings.delivery.total;
    let dropped = match counts.dropped {
        0 => String::new(),
        dropped => format!("; {} more were dropped on purpose", grouped(dropped)),
    };
    if !case.expected.index {
        return format!(
            "every event is in s3://{} ({} of {}); there is no OpenSearch to look into",
            Names::BUCKET,
            grouped(counts.backed_up),
            grouped(counts.generated)
        );
    }
    let due = counts.generated - counts.dropped;
    let every = if counts.indexed == due && counts.dropped == 0 {
        "every event is in OpenSearch"
    } else {
        "every event that was not dropped is in OpenSearch"
    };
    let backup = if case.expected.backup {
        format!(" and in s3://{}", Names::BUCKET)
    } else {
        "; there is no backup to look into".to_owned()
    };
    format!(
        "{every} ({} of {}){backup}{dropped}",
        grouped(counts.indexed),
        grouped(counts.generated)
    )
}

fn lost(case: &Case<'_>) -> String {
    let counts = &case.findings.delivery.total;
    let lost_at = |end| case.findings.lost.iter().filter(|lost| lost.end == end).count() as u64;
    let (opensearch, s3) = (lost_at(Stage::OpenSearch), lost_at(Stage::S3));
    let stream = lost_at(Stage::Kinesis);
    if stream > 0 {
        return format!(
            "{} not on the stream, of {}",
            events_are(stream),
            grouped(counts.generated)
        );
    }
    let silent: Vec<&String> = case
        .findings
        .delivery
        .by_account
        .iter()
        .filter(|(_, counts)| counts.generated > 0 && counts.lost == counts.generated)
        .map(|(account, _)| account)
        .collect();
    let of_silent: BTreeSet<&str> = silent.iter().map(|account| account.as_str()).collect();
    let only_silent = case.findings.lost.iter().all(|lost| {
        let entry = &case.ledger.entries[lost.entry as usize];
        let stream = &case.ledger.streams[entry.stream as usize];
        of_silent.contains(stream.account.as_str())
    });
    match silent.as_slice() {
        [account] if only_silent => {
            return format!("no event of account {account} arrived ({})", grouped(counts.lost));
        }
        [_, _, ..] if only_silent => {
            return format!(
                "no event of {} accounts arrived ({})",
                silent.len(),
                grouped(counts.lost)
            );
        }
        _ => {}
    }
    let of = grouped(counts.generated);
    match (opensearch, s3) {
        (0, _) => format!("{} not in s3://{}, of {of}", events_are(s3), Names::BUCKET),
        (_, 0) => format!("{} not in OpenSearch, of {of}", events_are(opensearch)),
        _ => format!(
            "{} not in OpenSearch and {} more not in s3://{}, of {of}",
            events_are(opensearch),
            grouped(s3),
            Names::BUCKET
        ),
    }
}

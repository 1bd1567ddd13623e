//! `delivery.corruption`: no event was changed on its way.

use tributary_reports::{Check, EventRef, Evidence};

use super::super::evidence::SHOWN;
use super::{Case, events_are, without_ends};

const ID: &str = "delivery.corruption";

/// Each event has the time and text with which it was sent, nothing lies at the ends that nobody
/// sent, and everything there can be read.
pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(skipped) = without_ends(case, ID, "whether an event was changed") {
        return skipped;
    }
    let findings = case.findings;
    let changed = findings.corrupted.len() as u64;
    let unknown: u64 = findings.unknown.values().sum();
    let number = changed + unknown + findings.unreadable;
    if number == 0 {
        return Check::passed(ID, "no event was changed, and nothing is there that nobody sent");
    }
    let mut parts = Vec::new();
    if changed > 0 {
        parts.push(format!("{} changed", events_are(changed)));
    }
    if unknown > 0 {
        parts.push(format!("{} there that nobody sent", events_are(unknown)));
    }
    if findings.unreadable > 0 {
        parts.push(format!("{} documents or objects hold no events", findings.unreadable));
    }
    let mut check = Check::failed(ID, parts.join("; "), number);
    check.evidence = case.evidence(&findings.corrupted);
    let room = SHOWN - check.evidence.len();
    check.evidence.extend(findings.unknown.keys().take(room).map(|message| unknown_event(message)));
    check
}

fn unknown_event(message: &str) -> Evidence {
    Evidence {
        event: EventRef {
            account: String::new(),
            source: String::new(),
            log_group: String::new(),
            log_stream: String::new(),
            timestamp: 0,
            message: message.to_owned(),
        },
        last_stage: "opensearch".to_owned(),
        cause: "no event of this text was sent".to_owned(),
        stage: None,
        detail: "its identity is that of no event of this run".to_owned(),
    }
}

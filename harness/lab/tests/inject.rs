//! Every kind of fault at every stage fails its own checker, and no other, for those very events.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use tributary::{Fault, Inject, Lab, Stage, VpcFlowLogs, minutes};
use tributary_reports::Outcome;

const CHECKS: [(Fault, &str); 5] = [
    (Fault::Loss, "delivery.loss"),
    (Fault::Duplicate, "delivery.duplicate"),
    (Fault::Corrupt, "delivery.corruption"),
    (Fault::Reorder, "delivery.order"),
    (Fault::Leak, "delivery.leak"),
];

async fn plant(fault: Fault, stage: Stage, transform: &str) {
    let inject = Inject { fault, stage, events: 3 };
    let lab = Lab::centralized_logging().transform(transform).inject(inject).start().await.unwrap();
    lab.send(VpcFlowLogs::per_second(40).lasting(minutes(4))).await.unwrap();
    let delivered = lab.settle().await.unwrap();
    let run = delivered.run();
    let context = format!("{inject} with {transform}\n{}", delivered.text());
    assert_eq!(run.exit_code, 100, "{context}");
    for (other, id) in CHECKS {
        let check = run.checks.iter().find(|check| check.id == id).unwrap();
        let wanted = if other == fault { Outcome::Failed } else { Outcome::Passed };
        assert_eq!(check.outcome, wanted, "{id}: {context}");
        if other == fault {
            assert_eq!(check.events, 3, "{id}: {context}");
            let mut named: Vec<String> =
                check.evidence.iter().map(|evidence| evidence.event.message.clone()).collect();
            let mut planted: Vec<String> =
                lab.planted().into_iter().map(|(_, event)| event).collect();
            named.sort();
            planted.sort();
            assert_eq!(named, planted, "{context}");
        }
    }
}

#[tokio::test]
async fn every_fault_at_every_stage_fails_its_own_checker() {
    for (fault, _) in CHECKS {
        for stage in Stage::ALL {
            plant(fault, stage, "builtin:envelope").await;
        }
    }
}

#[tokio::test]
async fn the_same_with_one_document_per_event() {
    for (fault, _) in CHECKS {
        for stage in [Stage::Transform, Stage::OpenSearch] {
            plant(fault, stage, "builtin:documents").await;
        }
    }
}

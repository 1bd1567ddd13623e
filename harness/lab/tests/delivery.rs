//! The main job: every event reaches both ends, whatever the rate and the number of members.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use tributary::{Lab, VpcFlowLogs, minutes, seconds};

#[tokio::test]
async fn every_event_arrives_whatever_the_size() {
    for (members, shards, rate, minutes_long) in
        [(1, 1, 5, 2), (2, 4, 200, 3), (12, 4, 300, 2), (3, 2, 1, 1)]
    {
        let lab = Lab::centralized_logging().members(members).shards(shards).start().await.unwrap();
        lab.send(VpcFlowLogs::per_second(rate).lasting(minutes(minutes_long))).await.unwrap();
        let delivered = lab.settle().await.unwrap();
        delivered.assert_complete();
        let counts = delivered.counts();
        assert_eq!(counts.generated, u64::try_from(rate).unwrap() * minutes_long * 60);
        assert_eq!(counts.accepted, counts.generated);
        assert_eq!(counts.indexed, counts.generated);
        assert_eq!(counts.backed_up, counts.generated);
        let by_account = &delivered.run().delivery.by_account;
        assert_eq!(by_account.len(), members);
        assert_eq!(
            by_account.values().map(|counts| counts.generated).sum::<u64>(),
            counts.generated
        );
    }
}

#[tokio::test]
async fn one_document_per_event_arrives_once_and_in_order() {
    let lab = Lab::centralized_logging().transform("builtin:documents").start().await.unwrap();
    lab.send(VpcFlowLogs::per_second(100).lasting(minutes(3))).await.unwrap();
    let delivered = lab.settle().await.unwrap();
    delivered.assert_complete();
    assert_eq!(lab.opensearch().count("logs-*").unwrap(), 18_000);
}

#[tokio::test]
async fn loads_can_be_sent_one_after_the_other() {
    let lab = Lab::centralized_logging().start().await.unwrap();
    for _ in 0..3 {
        lab.send(VpcFlowLogs::per_second(20).lasting(seconds(90))).await.unwrap();
    }
    let delivered = lab.settle().await.unwrap();
    delivered.assert_complete();
    assert_eq!(delivered.counts().generated, 5_400);
}

#[tokio::test]
async fn labs_share_nothing() {
    let labs: Vec<_> = (0..4)
        .map(|seed| {
            tokio::spawn(async move {
                let lab = Lab::centralized_logging().seed(seed).start().await.unwrap();
                lab.send(VpcFlowLogs::per_second(30).lasting(minutes(1))).await.unwrap();
                lab.settle().await.unwrap().assert_complete();
            })
        })
        .collect();
    for lab in labs {
        lab.await.unwrap();
    }
}

#[tokio::test]
async fn numbers_out_of_range_are_said() {
    for (builder, part) in [
        (Lab::centralized_logging().members(0), "members has to be from 1 to 1000"),
        (Lab::centralized_logging().shards(501), "shards has to be from 1 to 500"),
        (Lab::centralized_logging().retention_hours(1), "retention_hours"),
        (Lab::centralized_logging().transform("builtin:x"), "no transform 'builtin:x'"),
    ] {
        let error = builder.start().await.unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
    let lab = Lab::centralized_logging().start().await.unwrap();
    let error = lab.try_sdk_config("member-3").unwrap_err().to_string();
    assert!(error.contains("no account 'member-3'") && error.contains("member-2"), "{error}");
}

//! Without a policy that a hop needs, exactly that hop stops, and the report says which policy.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use tributary::{Delivered, Lab, VpcFlowLogs, minutes};

const NOTHING: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*" }]
}"#;

async fn run(file: &str, text: &str) -> Delivered {
    let lab = Lab::centralized_logging().policy(file, text).start().await.unwrap();
    lab.send(VpcFlowLogs::per_second(10).lasting(minutes(3))).await.unwrap();
    lab.settle().await.unwrap()
}

fn seen(delivered: &Delivered, stage: &str) -> u64 {
    delivered.run().stages.iter().find(|figures| figures.stage == stage).unwrap().events
}

fn told(delivered: &Delivered) -> String {
    let causes = &delivered.run().causes;
    causes
        .iter()
        .map(|cause| format!("{} {}\n", cause.cause, cause.explanation.join("\n")))
        .collect()
}

#[tokio::test]
async fn a_destination_that_admits_one_member_keeps_the_other_out() {
    let delivered = run(
        "destination_policy.json",
        r#"{ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": { "AWS": "222222222222" },
            "Action": "logs:PutSubscriptionFilter",
            "Resource": "arn:aws:logs:<REGION>:<MASTER_ACCOUNT_ID>:destination:kinesisDest" }] }"#,
    )
    .await;
    let by_account = &delivered.run().delivery.by_account;
    assert_eq!(by_account["222222222222"].lost, 0);
    assert_eq!(by_account["333333333333"].lost, by_account["333333333333"].generated);
    let told = told(&delivered);
    assert!(told.contains("PutSubscriptionFilter was refused"), "{told}");
    assert!(told.contains("kinesisDest"), "{told}");
    assert_eq!(delivered.run().exit_code, 100);
}

#[tokio::test]
async fn without_the_destination_roles_permission_nothing_reaches_the_stream() {
    let delivered = run("cwlpermissions.json", NOTHING).await;
    assert_eq!(seen(&delivered, "kinesis"), 0);
    assert_eq!(delivered.counts().indexed, 0);
    let told = told(&delivered);
    assert!(told.contains("kinesis:PutRecord") && told.contains("cwrole"), "{told}");
}

#[tokio::test]
async fn without_firehoses_permissions_nothing_is_read_or_written() {
    let delivered = run("firehose_permissions.json", NOTHING).await;
    assert_eq!(seen(&delivered, "kinesis"), delivered.counts().generated);
    assert_eq!(delivered.counts().indexed, 0);
    assert_eq!(delivered.counts().backed_up, 0);
    let told = told(&delivered);
    assert!(told.contains("firehose_delivery_role"), "{told}");
}

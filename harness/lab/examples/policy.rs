//! A policy in the way: a destination that admits another account. Nothing arrives, and the report
//! says which policy stood in the way.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use tributary::{Lab, VpcFlowLogs, minutes};

const ADMITS_SOMEBODY_ELSE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": { "AWS": ["444444444444"] },
    "Action": ["logs:PutSubscriptionFilter"],
    "Resource": "arn:aws:logs:<REGION>:<MASTER_ACCOUNT_ID>:destination:kinesisDest"
  }]
}"#;

#[tokio::main]
async fn main() -> tributary::Result<()> {
    let lab = Lab::centralized_logging()
        .policy("destination_policy.json", ADMITS_SOMEBODY_ELSE)
        .start()
        .await?;
    lab.send(VpcFlowLogs::per_second(10).lasting(minutes(2))).await?;
    let delivered = lab.settle().await?;
    assert_eq!(delivered.counts().indexed, 0);
    println!("{}", delivered.text());
    Ok(())
}

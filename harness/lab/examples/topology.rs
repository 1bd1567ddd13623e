//! The topology, changed step by step: nobody subscribes the trails' log groups, so exactly the
//! CloudTrail records stop there, and the report says so.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use tributary::{CloudTrail, Lab, Step, VpcFlowLogs, minutes};

#[tokio::main]
async fn main() -> tributary::Result<()> {
    let lab = Lab::centralized_logging().members(3).without(Step::TrailFilter).start().await?;
    lab.send_all(vec![
        VpcFlowLogs::per_second(20).lasting(minutes(5)),
        CloudTrail::per_second(5).lasting(minutes(5)),
    ])
    .await?;
    let delivered = lab.settle().await?;
    assert_eq!(delivered.run().delivery.by_source["vpc-flow-logs"].lost, 0);
    assert_eq!(delivered.run().delivery.by_source["cloudtrail"].indexed, 0);
    println!("{}", delivered.text());
    Ok(())
}

//! Traffic: ten simulated minutes of flow logs, over in a moment.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use tributary::{Lab, VpcFlowLogs, minutes};

#[tokio::main]
async fn main() -> tributary::Result<()> {
    let lab = Lab::centralized_logging().start().await?;
    let before = lab.now();
    lab.send(VpcFlowLogs::per_second(200).lasting(minutes(10))).await?;
    println!("sent from {before} to {}", lab.now());
    Ok(())
}

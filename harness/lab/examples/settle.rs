//! Accounting: wait until nothing is on its way, and ask for every event.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use tributary::{Lab, VpcFlowLogs, minutes};

#[tokio::main]
async fn main() -> tributary::Result<()> {
    let lab = Lab::centralized_logging().members(2).shards(4).start().await?;
    lab.send(VpcFlowLogs::per_second(500).lasting(minutes(5))).await?;
    let delivered = lab.settle().await?;
    delivered.assert_complete();
    println!("{}", delivered.text());
    Ok(())
}

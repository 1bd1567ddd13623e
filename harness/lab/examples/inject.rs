//! A planted fault: exactly three events do not pass the stream, and the ledger names them.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use tributary::{Fault, Inject, Lab, Stage, VpcFlowLogs, minutes};

#[tokio::main]
async fn main() -> tributary::Result<()> {
    let lab = Lab::centralized_logging()
        .inject(Inject { fault: Fault::Loss, stage: Stage::Kinesis, events: 3 })
        .start()
        .await?;
    lab.send(VpcFlowLogs::per_second(100).lasting(minutes(3))).await?;
    let delivered = lab.settle().await?;
    assert_eq!(delivered.counts().lost, 3);
    println!("{}", delivered.text());
    Ok(())
}

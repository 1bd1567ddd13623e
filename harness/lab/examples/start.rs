//! A lab: a master and three member accounts, provisioned by AWS SDK calls.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use tributary::Lab;

#[tokio::main]
async fn main() -> tributary::Result<()> {
    let lab = Lab::centralized_logging().members(3).shards(2).seed(7).start().await?;
    println!("master    {}", lab.account("master")?);
    for member in 1..=3 {
        println!("member-{member}  {}", lab.account(&format!("member-{member}"))?);
    }
    println!("it is {} in there", lab.now());
    Ok(())
}

//! A transform of your own, held to the contract: this one forgets every tenth record.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use tributary::{Answer, HandlerError, Lab, Transform, VpcFlowLogs, builtin, minutes};

struct Forgetful(Box<dyn Transform>, u64);

impl Transform for Forgetful {
    fn name(&self) -> &str {
        "forgetful"
    }

    fn handle(&mut self, event: &[u8]) -> Result<Answer, HandlerError> {
        let mut answer = self.0.handle(event)?;
        let mut response: serde_json::Value = serde_json::from_slice(&answer.response)
            .map_err(|error| HandlerError::new("Runtime.MarshalError", error.to_string()))?;
        if let Some(records) = response["records"].as_array_mut() {
            records.retain(|_| {
                self.1 += 1;
                !self.1.is_multiple_of(10)
            });
        }
        answer.response = response.to_string().into_bytes();
        Ok(answer)
    }
}

#[tokio::main]
async fn main() -> tributary::Result<()> {
    let lab = Lab::centralized_logging()
        .own_transform(Forgetful(builtin("builtin:envelope")?, 0))
        .start()
        .await?;
    lab.send(VpcFlowLogs::per_second(50).lasting(minutes(5))).await?;
    let delivered = lab.settle().await?;
    assert!(!delivered.is_complete());
    println!("{}", delivered.text());
    Ok(())
}

//! A minute of flow logs with a port scan in it, and the truth about it on standard error:
//! `cargo run -p tributary-generators --example attack | grep REJECT`.

use std::io::{stderr, stdout};
use std::time::Duration;

use tributary_generators::command::{Generate, generate};
use tributary_generators::{Form, Incident};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let plan = Generate {
        lasting: Some(Duration::from_secs(60)),
        incidents: vec![Incident::PortScan],
        ..Generate::default()
    }
    .plan()?;
    let written = generate(&plan, Form::Plain, &mut stdout().lock(), &mut |_| {})??;
    serde_json::to_writer_pretty(stderr(), &written.truth.planted)?;
    Ok(())
}

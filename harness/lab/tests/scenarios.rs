//! Every folder of `scenarios/` is a named test: it runs as its file says and has to pass.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use tributary::{Overrides, Scenario, run_scenario};
use tributary_reports::Outcome;
use tributary_reports::text::{TextOptions, summary};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut trials: Vec<Trial> = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            Trial::test(name, move || run(&entry.path()))
        })
        .collect();
    if trials.is_empty() {
        trials.push(Trial::test("scenarios/ holds a scenario", || Err(Failed::without_message())));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn run(folder: &Path) -> Result<(), Failed> {
    let scenario = Scenario::read(folder)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    if scenario.name != name {
        return Err(format!("the folder {name} holds the scenario {}", scenario.name).into());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let run = runtime.block_on(run_scenario(&scenario, &Overrides::default()))?;
    if run.outcome == Outcome::Passed {
        return Ok(());
    }
    Err(summary(&run, &TextOptions::default()).into())
}

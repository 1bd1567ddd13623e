//! One seed, one run; another seed, another.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use tributary::{Clock, Overrides, Scenario, run_scenario, seconds};
use tributary_reports::{Run, json};

async fn run(seed: u64, transform: &str) -> Run {
    let scenario = Scenario::find("centralized-logging").unwrap();
    let overrides = Overrides {
        seed: Some(seed),
        clock: Some(Clock::Virtual),
        rate: Some(60.0),
        lasting: Some(seconds(180)),
        transform: Some(transform.to_owned()),
        ..Overrides::default()
    };
    run_scenario(&scenario, &overrides).await.unwrap()
}

#[tokio::test]
async fn one_seed_gives_one_run_file() {
    for transform in ["builtin:envelope", "builtin:documents"] {
        let (first, second) = (run(11, transform).await, run(11, transform).await);
        assert_eq!(first.trace_sha256.len(), 64);
        assert_eq!(
            json::write(&first.without_wall_clock()).unwrap(),
            json::write(&second.without_wall_clock()).unwrap()
        );
    }
}

#[tokio::test]
async fn another_seed_gives_another_trace() {
    let (first, second) = (run(1, "builtin:envelope").await, run(2, "builtin:envelope").await);
    assert_ne!(first.trace_sha256, second.trace_sha256);
}

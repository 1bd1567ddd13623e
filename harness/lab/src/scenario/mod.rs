//! Scenarios: a folder with `scenario.yaml` and the policy documents beside it.

mod embedded;
mod file;
mod repeat;
mod run;

pub(crate) use embedded::EMBEDDED_POLICIES;
pub use file::{
    Bridging, Expect, Guarantee, LoadFile, Scenario, ScenarioError, TopologyFile, parse_duration,
};
pub use run::{Ended, Overrides, RunError, lab_of, run_scenario, run_to_end};

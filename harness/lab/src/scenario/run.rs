//! Runs a scenario.

use std::fmt::Write;
use std::time::Duration;

use tributary_generators::{Load, Rate};
use tributary_reports::Run;

use super::{Guarantee, Scenario, ScenarioError};
use crate::driver::Clock;
use crate::faults::Inject;
use crate::lab::Lab;
use crate::{Error, LabBuilder};

/// What a caller wants otherwise than the scenario says it.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// The seed.
    pub seed: Option<u64>,
    /// Virtual or real time.
    pub clock: Clock,
    /// Member accounts.
    pub members: Option<usize>,
    /// Shards of the central stream.
    pub shards: Option<u32>,
    /// Events per second, all sources together.
    pub rate: Option<f64>,
    /// How long traffic is sent.
    pub lasting: Option<Duration>,
    /// The transform.
    pub transform: Option<String>,
    /// Faults to plant.
    pub injects: Vec<Inject>,
}

/// Why a scenario could not be run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The scenario is wrong.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The lab could not do it.
    #[error(transparent)]
    Lab(#[from] Error),
}

/// Runs a scenario to its end, and tells what came of it.
///
/// # Errors
/// When the scenario's policies are missing, or the lab refuses a figure. Events that do not
/// arrive are no error: they are what the run tells of.
pub async fn run_scenario(scenario: &Scenario, overrides: &Overrides) -> Result<Run, RunError> {
    let lab = builder(scenario, overrides)?.start().await?;
    lab.send_all(loads(scenario, overrides)).await?;
    Ok(lab.settle().await?.run().clone())
}

fn builder(scenario: &Scenario, overrides: &Overrides) -> Result<LabBuilder, ScenarioError> {
    let topology = &scenario.topology;
    let mut builder = Lab::centralized_logging()
        .members(overrides.members.unwrap_or(topology.members))
        .shards(overrides.shards.unwrap_or(topology.shards))
        .retention_hours(topology.retention_hours)
        .region(topology.region.clone())
        .transform(overrides.transform.as_ref().unwrap_or(&scenario.transform))
        .clock(overrides.clock)
        .policies(scenario.policies()?)
        .sources(scenario.load.iter().map(|load| load.source).collect());
    if scenario.expect.delivery == Guarantee::AtLeastOnce {
        builder = builder.at_least_once();
    }
    if let Some(seed) = overrides.seed {
        builder = builder.seed(seed);
    }
    for inject in &overrides.injects {
        builder = builder.inject(*inject);
    }
    let seed = overrides.seed.unwrap_or(crate::lab::DEFAULT_SEED);
    Ok(builder.named(&scenario.name, repeat(scenario, overrides, seed)))
}

/// The loads of the scenario; a rate for all sources together is shared out as the scenario's are.
fn loads(scenario: &Scenario, overrides: &Overrides) -> Vec<Load> {
    let total: f64 = scenario.load.iter().map(|load| load.rate).sum();
    scenario
        .load
        .iter()
        .map(|load| {
            let rate = match overrides.rate {
                Some(rate) if total > 0.0 => rate * load.rate / total,
                Some(rate) => rate,
                None => load.rate,
            };
            Load::new(load.source, Rate::per_second(rate))
                .lasting(overrides.lasting.unwrap_or(load.lasting))
        })
        .collect()
}

/// The command that repeats the run.
fn repeat(scenario: &Scenario, overrides: &Overrides, seed: u64) -> String {
    let name = match &scenario.folder {
        Some(folder) if !folder.ends_with(format!("scenarios/{}", scenario.name)) => {
            folder.display().to_string()
        }
        _ => scenario.name.clone(),
    };
    let mut command = format!("tributary run {name} --seed {seed}");
    let mut add = |flag: &str, value: &dyn std::fmt::Display| {
        // Writing to a String cannot fail.
        let _ = write!(command, " --{flag} {value}");
    };
    if overrides.clock == Clock::Real {
        add("clock", &overrides.clock);
    }
    if let Some(members) = &overrides.members {
        add("members", members);
    }
    if let Some(shards) = &overrides.shards {
        add("shards", shards);
    }
    if let Some(rate) = &overrides.rate {
        add("rate", rate);
    }
    if let Some(lasting) = &overrides.lasting {
        add("for", &format!("{}s", lasting.as_secs()));
    }
    if let Some(transform) = &overrides.transform {
        add("transform", transform);
    }
    for inject in &overrides.injects {
        add("inject", inject);
    }
    command
}

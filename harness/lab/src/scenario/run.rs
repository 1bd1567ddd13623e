//! Runs a scenario.

use std::sync::Arc;
use std::time::Duration;

use tributary_generators::{Incident, Load, PublishingFrequency, Rate, Truth, Worker};
use tributary_reports::{Outcome, Run, Skipped};
use tributary_vocabulary::Source;

use super::repeat::repeat;
use super::{Bridging, Guarantee, LoadFile, Scenario, ScenarioError};
use crate::backend::{Backend, Capability};
use crate::driver::Clock;
use crate::faults::Inject;
use crate::ground::Tell;
use crate::lab::Lab;
use crate::{Error, LabBuilder, Lack};

/// What a caller wants otherwise than the scenario says it.
#[derive(Clone, Default)]
pub struct Overrides {
    /// The seed.
    pub seed: Option<u64>,
    /// Virtual or real time; what the backend has when it is not said.
    pub clock: Option<Clock>,
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
    /// Attacks to plant beside the scenario's.
    pub incidents: Vec<Incident>,
    /// Faults to plant.
    pub injects: Vec<Inject>,
    /// What it runs on.
    pub backend: Backend,
    /// Whether what the backend cannot do is a failure.
    pub strict: bool,
    /// Whether what an earlier run left at the endpoint is removed first.
    pub replace: bool,
    /// Which share of the traffic is made here; all of it when it is not said.
    pub worker: Option<Worker>,
    /// Hears of what the lab does at an endpoint.
    pub tell: Option<Tell>,
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

/// What came of a scenario.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The whole of it, as `run.json` has it.
    pub run: Run,
    /// What was sent: counts by source, account and log stream, and the incidents that were planted.
    pub truth: Vec<Truth>,
    /// What could not be removed at the endpoint.
    pub left: Vec<String>,
}

/// Runs a scenario to its end, and tells what came of it.
///
/// # Errors
/// When the scenario's policies are missing, the lab refuses a figure, or the backend cannot be
/// used. Events that do not arrive are no error: they are what the run tells of. Nor is a backend
/// that lacks what the scenario requires: the run is skipped.
pub async fn run_scenario(scenario: &Scenario, overrides: &Overrides) -> Result<Run, RunError> {
    Ok(run_to_end(scenario, overrides).await?.run)
}

/// As [`run_scenario`], with what was sent and with what could not be removed.
///
/// # Errors
/// As [`run_scenario`].
pub async fn run_to_end(scenario: &Scenario, overrides: &Overrides) -> Result<Ended, RunError> {
    let lab = match builder(scenario, overrides)?.start().await {
        Err(Error::Lacking { backend, title, lacks }) => {
            let run = skipped(scenario, overrides, backend, title, lacks);
            return Ok(Ended { run, truth: Vec::new(), left: Vec::new() });
        }
        lab => lab?,
    };
    lab.send_all(loads(&lab, scenario, overrides)?).await?;
    let run = lab.settle().await?.run().clone();
    let truth = lab.truth();
    let left = lab.end().await?;
    Ok(Ended { run, truth, left })
}

/// The run of a scenario that its backend cannot run.
fn skipped(
    scenario: &Scenario,
    overrides: &Overrides,
    backend: &str,
    title: String,
    lacks: Vec<Lack>,
) -> Run {
    let seed = overrides.seed.unwrap_or(crate::lab::DEFAULT_SEED);
    let mut run = Run::new(scenario.name.clone(), seed);
    backend.clone_into(&mut run.backend);
    run.backend_is = Some(title);
    Clock::Real.name().clone_into(&mut run.clock);
    run.repeat = repeat(scenario, overrides, seed);
    run.skipped =
        lacks.into_iter().map(|Lack { requires, reason }| Skipped { requires, reason }).collect();
    (run.outcome, run.exit_code) = if overrides.strict {
        (Outcome::Failed, crate::judge::BACKEND_UNAVAILABLE)
    } else {
        (Outcome::Skipped, 0)
    };
    run
}

/// The lab of a scenario, set up and with nothing sent into it.
///
/// # Errors
/// As [`run_scenario`].
pub async fn lab_of(scenario: &Scenario, overrides: &Overrides) -> Result<Lab, RunError> {
    Ok(builder(scenario, overrides)?.start().await?)
}

fn builder(scenario: &Scenario, overrides: &Overrides) -> Result<LabBuilder, ScenarioError> {
    let topology = &scenario.topology;
    let mut builder = Lab::centralized_logging()
        .members(overrides.members.unwrap_or(topology.members))
        .shards(overrides.shards.unwrap_or(topology.shards))
        .retention_hours(topology.retention_hours)
        .region(topology.region.clone())
        .transform(overrides.transform.as_ref().unwrap_or(&scenario.transform))
        .clock(overrides.clock.unwrap_or_default())
        .flow_format(scenario.flow_format.clone())
        .organization_file(topology.organization.clone())
        .policies(scenario.policies()?)
        .sources(&topology.sources);
    for incident in scenario.incidents.iter().chain(&overrides.incidents) {
        builder = builder.incident(*incident);
    }
    for step in &topology.without {
        builder = builder.without(*step);
    }
    if scenario.expect.delivery == Guarantee::AtLeastOnce {
        builder = builder.at_least_once();
    }
    if let Some(seed) = overrides.seed {
        builder = builder.seed(seed);
    }
    for inject in &overrides.injects {
        builder = builder.inject(*inject);
    }
    builder = builder.backend(overrides.backend.clone()).requires(&scenario.requires);
    if overrides.clock == Some(Clock::Virtual) {
        builder = builder.requires(&[Capability::VirtualTime]);
    }
    if scenario.bridges == Bridging::Refused {
        builder = builder.without_bridges();
    }
    if overrides.strict {
        builder = builder.strict();
    }
    if overrides.replace {
        builder = builder.replace();
    }
    if let Some(worker) = overrides.worker {
        builder = builder.worker(worker);
    }
    if let Some(tell) = &overrides.tell {
        let tell = Arc::clone(tell);
        builder = builder.telling(move |sentence| tell(sentence));
    }
    let seed = overrides.seed.unwrap_or(crate::lab::DEFAULT_SEED);
    Ok(builder.named(&scenario.name, repeat(scenario, overrides, seed)))
}

/// The loads of the scenario; a rate for all sources together is shared out as the scenario's are.
///
/// The events are counted out, so that the sources together make exactly what was asked; each
/// makes at least one event for every account that has it, as far as there are enough.
fn loads(lab: &Lab, scenario: &Scenario, overrides: &Overrides) -> Result<Vec<Load>, Error> {
    let members = overrides.members.unwrap_or(scenario.topology.members);
    let total: f64 = scenario.load.iter().map(|load| load.rate).sum();
    let rates: Vec<f64> = scenario
        .load
        .iter()
        .map(|load| match overrides.rate {
            Some(rate) if total > 0.0 => rate * load.rate / total,
            Some(rate) => rate,
            None => load.rate,
        })
        .collect();
    let lasting = |load: &LoadFile| overrides.lasting.unwrap_or(load.lasting);
    let wanted: Vec<f64> = scenario
        .load
        .iter()
        .zip(&rates)
        .map(|(load, rate)| rate * lasting(load).as_secs_f64())
        .collect();
    let least: Vec<u64> = scenario
        .load
        .iter()
        .map(|load| members as u64 + u64::from(load.source == Source::GuardDuty))
        .collect();
    let counts = count_out(&wanted, &least);
    scenario
        .load
        .iter()
        .zip(rates.into_iter().zip(counts))
        .filter(|(_, (_, count))| *count > 0)
        .map(|(load, (rate, count))| {
            let mut made = Load::new(load.source, Rate::per_second(rate))
                .lasting(lasting(load))
                .exactly(count)
                .shaped(load.shape.clone())
                .with_data_events(load.data_events)
                // The period of the detectors that the set-up makes.
                .publishing(PublishingFrequency::FifteenMinutes);
            for (account, weight) in &load.weights {
                made = made.weighing(lab.account(account)?, *weight);
            }
            Ok(made)
        })
        .collect()
}

/// Whole numbers for these shares: their sum is the sum of the shares, rounded, and each is at
/// least its `least`, which the largest gives away when it has twenty times as much.
fn count_out(shares: &[f64], least: &[u64]) -> Vec<u64> {
    let whole = |number: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rates are positive, and a load is refused long before 2^53 events"
        )]
        let whole = number as u64;
        whole
    };
    let total = whole(shares.iter().sum::<f64>().round());
    let mut counts: Vec<u64> = shares.iter().map(|share| whole(share.floor())).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| shares[*b].fract().total_cmp(&shares[*a].fract()).then(a.cmp(b)));
    let mut left = total.saturating_sub(counts.iter().sum());
    for place in order.into_iter().cycle().take(shares.len() * 2) {
        if left > 0 {
            counts[place] += 1;
            left -= 1;
        }
    }
    let Some(largest) = (0..counts.len()).max_by_key(|place| counts[*place]) else { return counts };
    for place in 0..counts.len() {
        let lacks = least[place].saturating_sub(counts[place]);
        if place != largest && lacks > 0 && counts[largest] >= 20 * least[place] {
            counts[place] += lacks;
            counts[largest] -= lacks;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::count_out;

    #[test]
    fn counts_add_up_and_nobody_is_forgotten() {
        for (shares, least, counts) in [
            (&[396_000.0, 53_820.0, 180.0][..], &[2, 2, 3][..], &[396_000, 53_820, 180][..]),
            (&[1_056.0, 143.52, 0.48], &[2, 2, 3], &[1_053, 144, 3]),
            (&[5.0, 0.4], &[2, 3], &[5, 0]),
            (&[0.5, 0.5], &[1, 1], &[1, 0]),
            (&[], &[], &[]),
        ] {
            assert_eq!(count_out(shares, least), counts, "{shares:?}");
        }
    }
}

//! A plan: which loads, for which accounts, from when on.

use std::collections::BTreeSet;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, Region, Seed, Source, Timestamp};

use crate::apportion::Deal;
use crate::cloudtrail;
use crate::flow::{self, FlowFormat};
use crate::guardduty;
use crate::incidents::plots;
use crate::lane::{Job, Lane};
use crate::rate::Unit;
use crate::shape::{Curve, ShapeError};
use crate::traffic::Traffic;
use crate::world::World;
use crate::{Incident, Load, Rate};

/// 2006-01-01T00:00:00Z: no AWS log is older than AWS.
const EARLIEST: Timestamp = Timestamp::from_s(1_136_073_600);
/// 2100-01-01T00:00:00Z.
const LATEST: Timestamp = Timestamp::from_s(4_102_444_800);

/// One worker of several that make a plan's traffic together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worker {
    /// This worker, from 0.
    pub index: u32,
    /// How many there are.
    pub count: u32,
}

impl Worker {
    /// The only one.
    pub const ONLY: Self = Self { index: 0, count: 1 };

    /// True when the `stream`-th log stream of a plan is this worker's.
    pub(crate) const fn owns(self, stream: u64) -> bool {
        stream % self.count as u64 == self.index as u64
    }
}

/// Everything that traffic is a function of. Write what matters and take the rest from
/// [`TrafficPlan::default`].
#[derive(Debug, Clone)]
pub struct TrafficPlan {
    /// What the traffic is made of: the run's seed, or a child of it.
    pub seed: Seed,
    /// Who exists: accounts' networks, instances, people. The same for all plans of a run.
    pub world_seed: Seed,
    /// No event is delivered before; windows that are delivered first have begun before.
    pub start: Timestamp,
    /// Where everything is.
    pub region: Region,
    /// The member accounts, each once.
    pub accounts: Vec<AccountId>,
    /// What they produce.
    pub loads: Vec<Load>,
    /// Which part of the traffic is made here.
    pub worker: Worker,
    /// Attacks that are planted, within the counts of the loads.
    pub incidents: Vec<Incident>,
    /// Who aggregates GuardDuty's findings: their events are those of its bus. Without one, each
    /// account's own.
    pub administrator: Option<AccountId>,
    /// The format of the flow logs.
    pub flow_format: FlowFormat,
}

impl Default for TrafficPlan {
    /// Nothing yet: seed 7, the default epoch, `us-west-2`, no accounts and no loads.
    fn default() -> Self {
        Self {
            seed: Seed::new(7),
            world_seed: Seed::new(7),
            start: Timestamp::DEFAULT_EPOCH,
            region: Region::us_west_2(),
            accounts: Vec::new(),
            loads: Vec::new(),
            worker: Worker::ONLY,
            incidents: Vec::new(),
            administrator: None,
            flow_format: FlowFormat::default(),
        }
    }
}

/// Why a plan cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// There is nobody to produce anything.
    #[error("the plan has no accounts: name at least one")]
    NoAccounts,
    /// An account is named twice.
    #[error("account {0} is in the plan twice: name each account once")]
    RepeatedAccount(AccountId),
    /// There is nothing to produce.
    #[error("the plan has no loads: add one, such as VpcFlowLogs::per_second(500)")]
    NoLoads,
    /// A worker that does not exist.
    #[error("there is no worker {index} of {count}: workers count from 0, so give 0 to {last} of {count}", last = count.saturating_sub(1))]
    Worker {
        /// The worker asked for.
        index: u32,
        /// How many there are.
        count: u32,
    },
    /// The start, or a load's end, is outside of the years that logs have.
    #[error("load {load} runs from {from} to {to}: give times from {EARLIEST} to {LATEST}")]
    Time {
        /// Number of the load, from 1.
        load: usize,
        /// Its start.
        from: Timestamp,
        /// Its end.
        to: Timestamp,
    },
    /// A rate that is not a number above zero, or more than accounts can have.
    #[error("load {load} asks for {rate} events/s: give more than 0 and at most {max} for each of its accounts", max = Rate::MAX_PER_ACCOUNT)]
    Rate {
        /// Number of the load, from 1.
        load: usize,
        /// The rate at its highest, as text.
        rate: String,
    },
    /// A load without a duration.
    #[error("load {load} lasts {duration_ms} ms: give it a duration of at least 1 ms")]
    Duration {
        /// Number of the load, from 1.
        load: usize,
        /// Its duration.
        duration_ms: i64,
    },
    /// A load that rounds to no event.
    #[error(
        "load {load} asks for {rate} over {duration_ms} ms, which is no event at all: raise the rate or the duration"
    )]
    NoEvents {
        /// Number of the load, from 1.
        load: usize,
        /// Its rate, as text.
        rate: String,
        /// Its duration.
        duration_ms: i64,
    },
    /// A count that cannot be made.
    #[error(
        "load {load} asks for {count} events over {duration_ms} ms: give at least 1, and a shape that is not 0 throughout"
    )]
    NoCount {
        /// Number of the load, from 1.
        load: usize,
        /// The count.
        count: u64,
        /// Its duration.
        duration_ms: i64,
    },
    /// A shape that cannot be.
    #[error("load {load} has an impossible shape: {error}")]
    Shape {
        /// Number of the load, from 1.
        load: usize,
        /// Why.
        error: ShapeError,
    },
    /// Weights that name an account outside of the plan, or leave nobody.
    #[error("load {load} weighs its accounts so that {problem}")]
    Weights {
        /// Number of the load, from 1.
        load: usize,
        /// What is wrong.
        problem: String,
    },
    /// A call of the catalogue that cannot be read; tests hold that there is none.
    #[error("the catalogue of calls names '{0}', which does not exist: please report it")]
    Catalogue(String),
}

impl TrafficPlan {
    /// The traffic, in the order of (time of delivery, source, account, log stream).
    ///
    /// # Errors
    ///
    /// [`PlanError`] says what cannot be, in a sentence, and nothing is made.
    pub fn traffic(&self) -> Result<Traffic, PlanError> {
        self.check()?;
        let world =
            Arc::new(World::new(self.world_seed, self.region.clone(), self.accounts.clone()));
        let prepared: Vec<Prepared> = (1..)
            .zip(&self.loads)
            .map(|(nth, load)| self.prepare(nth, load))
            .collect::<Result<_, _>>()?;
        let plots = plots(&world, self.seed, &self.incidents, self.start, self.lasting_ms());
        let mut taken = vec![0_u32; self.accounts.len()];
        let mut first = 0;
        let mut lanes: Vec<Box<dyn Lane>> = Vec::with_capacity(self.loads.len());
        for (prepared, load) in prepared.into_iter().zip(&self.loads) {
            let job = Job {
                world: Arc::clone(&world),
                seed: self.seed,
                plots: Arc::clone(&plots),
                start: self.start.plus_ms(load.after_ms),
                duration_ms: load.duration_ms,
                rate: prepared.rate,
                curve: prepared.curve,
                deal: prepared.deal,
                worker: self.worker,
                first,
            };
            // Each source answers with its lane and with the units that workers divide.
            let (lane, units): (Box<dyn Lane>, u64) = match load.source {
                Source::VpcFlowLogs => flow::lane(job, &self.flow_format, &mut taken),
                Source::CloudTrail => cloudtrail::lane(job, load.data_permille)?,
                Source::GuardDuty => guardduty::lane(job, self.administrator, load.frequency),
            };
            first += units;
            lanes.push(lane);
        }
        Ok(Traffic::new(lanes, plots))
    }

    /// How long after the start the last load ends, in milliseconds.
    pub(crate) fn lasting_ms(&self) -> i64 {
        let end = |load: &Load| load.after_ms.saturating_add(load.duration_ms);
        self.loads.iter().map(end).max().unwrap_or(0)
    }

    fn check(&self) -> Result<(), PlanError> {
        if self.accounts.is_empty() {
            return Err(PlanError::NoAccounts);
        }
        let mut seen = BTreeSet::new();
        if let Some(account) = self.accounts.iter().find(|account| !seen.insert(**account)) {
            return Err(PlanError::RepeatedAccount(*account));
        }
        if self.loads.is_empty() {
            return Err(PlanError::NoLoads);
        }
        let Worker { index, count } = self.worker;
        if index >= count { Err(PlanError::Worker { index, count }) } else { Ok(()) }
    }

    /// Checks the `nth` load and works out its curve and its division.
    fn prepare(&self, nth: usize, load: &Load) -> Result<Prepared, PlanError> {
        if load.duration_ms < 1 {
            return Err(PlanError::Duration { load: nth, duration_ms: load.duration_ms });
        }
        let from = self.start.plus_ms(load.after_ms);
        let to = from.plus_ms(load.duration_ms);
        if self.start < EARLIEST || load.after_ms < 0 || to > LATEST {
            return Err(PlanError::Time { load: nth, from, to });
        }
        let shape = |error| PlanError::Shape { load: nth, error };
        let curve =
            |rate| Curve::new(&load.shape, rate, load.duration_ms, from.ms()).map_err(shape);
        let rate = self.rate(nth, load, curve(1.0)?.total())?;
        let bad_rate = |rate: f64| PlanError::Rate { load: nth, rate: rate.to_string() };
        if !rate.is_finite() || rate <= 0.0 {
            return Err(bad_rate(rate));
        }
        let curve = curve(rate)?;
        if curve.events_before(load.duration_ms) == 0 {
            let (rate, duration_ms) = (load.rate.to_string(), load.duration_ms);
            return Err(PlanError::NoEvents { load: nth, rate, duration_ms });
        }
        let deal = self.deal(nth, load)?;
        let heaviest = (0..self.accounts.len()).map(|a| deal.share(a)).fold(0.0, f64::max);
        if curve.peak() * heaviest > Rate::MAX_PER_ACCOUNT {
            return Err(bad_rate(curve.peak()));
        }
        Ok(Prepared { curve, deal, rate })
    }

    /// Events a second of a load whose shape would make `total` events at one a second.
    fn rate(&self, nth: usize, load: &Load, total: f64) -> Result<f64, PlanError> {
        if let Some(count) = load.count {
            let no_events =
                || PlanError::NoCount { load: nth, count, duration_ms: load.duration_ms };
            return if count > 0 && total > 0.0 {
                Ok(count as f64 / total)
            } else {
                Err(no_events())
            };
        }
        let value = load.rate.value();
        if load.rate.unit() == Unit::Events || !value.is_finite() || value <= 0.0 {
            return Ok(value);
        }
        Ok(value / self.mean_length(load)?)
    }

    /// The mean length of a source's messages, taken from some thousand of them in this world.
    fn mean_length(&self, load: &Load) -> Result<f64, PlanError> {
        const SAMPLE: u64 = 8_000;
        let sample = Load::new(load.source, 1.0)
            .lasting(std::time::Duration::from_secs(600))
            .exactly(SAMPLE.max(self.accounts.len() as u64));
        let sample = Load { weights: load.weights.clone(), others: load.others, ..sample };
        let sample =
            Load { data_permille: load.data_permille, frequency: load.frequency, ..sample };
        let pilot = Self {
            loads: vec![sample],
            worker: Worker::ONLY,
            incidents: Vec::new(),
            ..self.clone()
        };
        let (mut text, mut bytes, mut events) = (Vec::new(), 0, 0);
        let mut traffic = pilot.traffic()?;
        while let Some(head) = traffic.write_plain(&mut text) {
            events += head.events;
            bytes += text.len() - head.events;
            text.clear();
        }
        Ok(bytes as f64 / events.max(1) as f64)
    }

    fn deal(&self, nth: usize, load: &Load) -> Result<Deal, PlanError> {
        let weights = |problem: String| PlanError::Weights { load: nth, problem };
        if let Some((stranger, _)) = load.weights.iter().find(|(a, _)| !self.accounts.contains(a)) {
            return Err(weights(format!("account {stranger}, which is not in the plan, has one")));
        }
        let each: Vec<u32> = self.accounts.iter().map(|account| load.weight(*account)).collect();
        Deal::new(&each).ok_or_else(|| weights("all have 0: give one more than 0".to_owned()))
    }
}

/// A load that has been checked.
struct Prepared {
    curve: Curve,
    deal: Deal,
    rate: f64,
}

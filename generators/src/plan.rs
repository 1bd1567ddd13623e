//! A plan: which loads, for which accounts, from when on.

use std::collections::BTreeSet;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, Region, Seed, Source, Timestamp};

use crate::apportion::Deal;
use crate::flow::{Fabric, FlowLane, Portion};
use crate::shape::{Curve, ShapeError};
use crate::traffic::Traffic;
use crate::world::World;
use crate::{Load, Rate};

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

/// Everything that traffic is a function of.
#[derive(Debug, Clone)]
pub struct TrafficPlan {
    /// The run's seed, or a child of it.
    pub seed: Seed,
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
    /// A source that has no generator.
    #[error("load {load} asks for {source_name}, which has no generator in this build")]
    Source {
        /// Number of the load, from 1.
        load: usize,
        /// The source.
        source_name: Source,
    },
}

impl TrafficPlan {
    /// The traffic, in the order of (time of delivery, source, account, log stream).
    ///
    /// # Errors
    ///
    /// [`PlanError`] says what cannot be, in a sentence, and nothing is made.
    pub fn traffic(&self) -> Result<Traffic, PlanError> {
        self.check()?;
        let world = Arc::new(World::new(self.seed, self.accounts.clone()));
        let mut taken = vec![0_u32; self.accounts.len()];
        let mut first = 0;
        let mut lanes = Vec::with_capacity(self.loads.len());
        for (nth, load) in (1..).zip(&self.loads) {
            let prepared = self.prepare(nth, load)?;
            let portions = prepared.portions(self.accounts.len(), &taken);
            for (taken, portion) in taken.iter_mut().zip(&portions) {
                *taken += portion.interfaces();
            }
            let seed = self.seed.child("flow");
            let fabric = Arc::new(Fabric::new(&world, seed, &portions));
            let streams = fabric.interfaces.len() as u64;
            let start = self.start.plus_ms(load.after_ms);
            let span = (start, load.duration_ms, load.rate.events_per_second());
            let Prepared { curve, deal, .. } = prepared;
            lanes.push(FlowLane::new(fabric, curve, deal, span, self.worker, first));
            first += streams;
        }
        Ok(Traffic::new(world, lanes))
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
        if load.source != Source::VpcFlowLogs {
            return Err(PlanError::Source { load: nth, source_name: load.source });
        }
        if load.duration_ms < 1 {
            return Err(PlanError::Duration { load: nth, duration_ms: load.duration_ms });
        }
        let from = self.start.plus_ms(load.after_ms);
        let to = from.plus_ms(load.duration_ms);
        if self.start < EARLIEST || load.after_ms < 0 || to > LATEST {
            return Err(PlanError::Time { load: nth, from, to });
        }
        let rate = load.rate.events_per_second();
        let bad_rate = |rate: f64| PlanError::Rate { load: nth, rate: rate.to_string() };
        if !rate.is_finite() || rate <= 0.0 {
            return Err(bad_rate(rate));
        }
        let curve = Curve::new(&load.shape, rate, load.duration_ms, from.ms())
            .map_err(|error| PlanError::Shape { load: nth, error })?;
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

impl Prepared {
    fn portions(&self, accounts: usize, taken: &[u32]) -> Vec<Portion> {
        let peak = self.curve.peak() / self.rate;
        (0..accounts)
            .map(|a| Portion { rate: self.rate * self.deal.share(a), peak, taken: taken[a] })
            .collect()
    }
}

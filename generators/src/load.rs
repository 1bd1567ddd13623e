//! Loads: how much of a source, for how long.

use std::time::Duration;

use tributary_vocabulary::{AccountId, Source};

use crate::{Rate, Shape};

/// So much of one source for so long, over all accounts of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// What it is made of.
    pub source: Source,
    /// How much a second, all accounts together.
    pub rate: Rate,
    /// Exactly this many events over the duration, whatever the rate says.
    pub count: Option<u64>,
    /// How long events are delivered, in milliseconds.
    pub duration_ms: i64,
    /// When the first may be delivered, in milliseconds after the plan's start.
    pub after_ms: i64,
    /// How the rate changes over the duration.
    pub shape: Shape,
    /// How much of it each account has; an account that is not named has
    /// [`Load::others`], so that an empty list spreads it evenly.
    pub weights: Vec<(AccountId, u32)>,
    /// How much an account has that `weights` does not name: 1 unless it is told otherwise.
    pub others: u32,
    /// CloudTrail: of 1,000 calls of workloads, how many are about data (objects, invocations),
    /// which only a trail with data event selectors records; 0 unless it is told otherwise.
    pub data_permille: u32,
    /// GuardDuty: how often a finding that goes on is told again.
    pub frequency: PublishingFrequency,
}

/// How often GuardDuty tells again of a finding that goes on: a detector's
/// `findingPublishingFrequency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PublishingFrequency {
    /// `FIFTEEN_MINUTES`
    FifteenMinutes,
    /// `ONE_HOUR`
    OneHour,
    /// `SIX_HOURS`, as detectors are made.
    #[default]
    SixHours,
}

impl PublishingFrequency {
    pub(crate) const fn ms(self) -> i64 {
        match self {
            Self::FifteenMinutes => 900_000,
            Self::OneHour => 3_600_000,
            Self::SixHours => 21_600_000,
        }
    }
}

impl Load {
    /// `rate` of `source`, for a minute unless it is told otherwise.
    #[must_use]
    pub fn new(source: Source, rate: impl Into<Rate>) -> Self {
        Self {
            source,
            rate: rate.into(),
            duration_ms: 60_000,
            after_ms: 0,
            shape: Shape::Constant,
            weights: Vec::new(),
            count: None,
            others: 1,
            data_permille: 0,
            frequency: PublishingFrequency::default(),
        }
    }

    /// For this long; parts of a millisecond are dropped.
    #[must_use]
    pub fn lasting(mut self, duration: Duration) -> Self {
        self.duration_ms = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        self
    }

    /// Beginning this long after the plan's start.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.after_ms = i64::try_from(delay.as_millis()).unwrap_or(i64::MAX);
        self
    }

    /// Exactly this many events, spread over the duration as the shape says; the rate no longer
    /// matters.
    #[must_use]
    pub const fn exactly(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    /// CloudTrail: with data events, so many of 1,000 calls of workloads.
    #[must_use]
    pub const fn with_data_events(mut self, permille: u32) -> Self {
        self.data_permille = permille;
        self
    }

    /// GuardDuty: telling again of findings that go on this often.
    #[must_use]
    pub const fn publishing(mut self, frequency: PublishingFrequency) -> Self {
        self.frequency = frequency;
        self
    }

    /// Of these accounts alone.
    #[must_use]
    pub fn only(mut self, accounts: &[AccountId]) -> Self {
        self.weights.extend(accounts.iter().map(|account| (*account, 1)));
        self.others = 0;
        self
    }

    /// With this shape instead of a constant rate.
    #[must_use]
    pub fn shaped(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    /// With this much for one account, where others have 1.
    #[must_use]
    pub fn weighing(mut self, account: AccountId, weight: u32) -> Self {
        self.weights.push((account, weight));
        self
    }

    /// The weight of an account: the last one that was given, or that of the others.
    pub(crate) fn weight(&self, account: AccountId) -> u32 {
        self.weights
            .iter()
            .rev()
            .find(|(named, _)| *named == account)
            .map_or(self.others, |(_, w)| *w)
    }
}

/// Where a load of VPC flow logs begins: `VpcFlowLogs::per_second(500).lasting(...)`.
#[derive(Debug, Clone, Copy)]
pub struct VpcFlowLogs;

impl VpcFlowLogs {
    /// This many flow-log records a second, all accounts together.
    #[must_use]
    pub fn per_second(rate: impl Into<Rate>) -> Load {
        Load::new(Source::VpcFlowLogs, rate)
    }
}

/// Where a load of CloudTrail records begins.
#[derive(Debug, Clone, Copy)]
pub struct CloudTrail;

impl CloudTrail {
    /// This many records a second, all accounts together.
    #[must_use]
    pub fn per_second(rate: impl Into<Rate>) -> Load {
        Load::new(Source::CloudTrail, rate)
    }
}

/// Where a load of GuardDuty findings begins.
#[derive(Debug, Clone, Copy)]
pub struct GuardDuty;

impl GuardDuty {
    /// This many findings a second, all accounts together; real accounts have tens a day.
    #[must_use]
    pub fn per_second(rate: impl Into<Rate>) -> Load {
        Load::new(Source::GuardDuty, rate)
    }
}

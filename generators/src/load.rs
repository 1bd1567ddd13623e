//! Loads: how much of a source, for how long.

use std::time::Duration;

use tributary_vocabulary::{AccountId, Source};

use crate::{Rate, Shape};

/// So much of one source for so long, over all accounts of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// What it is made of.
    pub source: Source,
    /// Events a second, all accounts together.
    pub rate: Rate,
    /// How long events are delivered, in milliseconds.
    pub duration_ms: i64,
    /// When the first may be delivered, in milliseconds after the plan's start.
    pub after_ms: i64,
    /// How the rate changes over the duration.
    pub shape: Shape,
    /// How much of it each account has; an account that is not named has 1, so that an empty list
    /// spreads it evenly.
    pub weights: Vec<(AccountId, u32)>,
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

    /// The weight of an account: the last one that was given, or 1.
    pub(crate) fn weight(&self, account: AccountId) -> u32 {
        self.weights.iter().rev().find(|(named, _)| *named == account).map_or(1, |(_, w)| *w)
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

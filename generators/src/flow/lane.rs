//! A load of flow logs, delivery by delivery.

use std::sync::Arc;

use tributary_vocabulary::Timestamp;

use crate::apportion::Deal;
use crate::plan::Worker;
use crate::shape::Curve;

use super::connection::Window;
use super::edge::SLOT_S;
use super::fabric::{Fabric, Interface};
use super::schedule::{self, Delivery, ROUND_MS};
use super::window::{Scratch, fill};

/// A load of flow logs on its way: one round of deliveries is held, the rest is computed.
#[derive(Debug)]
pub(crate) struct FlowLane {
    pub(crate) fabric: Arc<Fabric>,
    pub(crate) curve: Curve,
    pub(crate) deal: Deal,
    /// When the load begins.
    pub(crate) start: Timestamp,
    pub(crate) duration_ms: i64,
    /// Events a second without the shape.
    pub(crate) rate: f64,
    pub(crate) worker: Worker,
    /// Interfaces of the loads before this one; workers divide all of a plan.
    pub(crate) first: u64,
    round: u64,
    /// Deliveries of the current round, the next one last.
    deliveries: Vec<Delivery>,
}

impl FlowLane {
    pub(crate) fn new(
        fabric: Arc<Fabric>,
        curve: Curve,
        deal: Deal,
        (start, duration_ms, rate): (Timestamp, i64, f64),
        worker: Worker,
        first: u64,
    ) -> Self {
        let deliveries = Vec::new();
        Self { fabric, curve, deal, start, duration_ms, rate, worker, first, round: 0, deliveries }
    }

    /// The next delivery: when, and on which interface.
    pub(crate) fn peek(&mut self) -> Option<(Timestamp, &Interface)> {
        while self.deliveries.is_empty() {
            if self.round as i64 * ROUND_MS >= self.duration_ms {
                return None;
            }
            self.next_round();
        }
        let delivery = self.deliveries.last()?;
        let interface = &self.fabric.interfaces[delivery.interface as usize];
        Some((self.start.plus_ms(delivery.at_ms), interface))
    }

    /// Makes the next delivery, which [`FlowLane::peek`] has shown, and fills in its records.
    pub(crate) fn take(&mut self, scratch: &mut Scratch) -> Option<&Interface> {
        self.peek()?;
        let delivery = self.deliveries.pop()?;
        let interface = &self.fabric.interfaces[delivery.interface as usize];
        let round = self.round - 1;
        // Windows of an interface touch and never overlap, even when the last one is cut short.
        let edge = |ms: i64| self.start.plus_ms(ms).s() - interface.lag_s;
        let from = edge((round as i64 - 1) * ROUND_MS + interface.phase_ms);
        let window = Window { from, to: edge(delivery.due_ms) - 1 };
        let (start_s, rate, curve) = (self.start.s(), self.rate, &self.curve);
        // A slot's connections are delivered a while later; what is asked for then is what counts.
        let factor = |slot: i64| {
            let at = |later: i64| curve.rate_at((slot * SLOT_S + later - start_s) * 1_000);
            at(50).min(at(110)).min(at(190)) / rate
        };
        fill(&self.fabric, delivery.interface, window, round, delivery.quota, factor, scratch);
        Some(interface)
    }

    fn next_round(&mut self) {
        let (fabric, all) = (&self.fabric, &mut self.deliveries);
        schedule::round(fabric, &self.curve, &self.deal, self.duration_ms, self.round, all);
        let (worker, first) = (self.worker, self.first);
        all.retain(|delivery| worker.owns(first + u64::from(delivery.interface)));
        all.sort_unstable_by_key(|delivery| {
            let rank = fabric.interfaces[delivery.interface as usize].rank;
            std::cmp::Reverse((delivery.at_ms, rank))
        });
        self.round += 1;
    }
}

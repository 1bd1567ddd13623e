//! A load of flow logs, delivery by delivery.

use tributary_vocabulary::{Source, Timestamp};

use crate::lane::{Head, Job, Lane, Sink};

use super::connection::Window;
use super::edge::SLOT_S;
use super::fabric::{Fabric, Interface, Portion};
use super::format::FlowFormat;
use super::incident::plant;
use super::layout::{Layout, Neighbours};
use super::schedule::{self, Delivery, ROUND_MS};
use super::window::{Scratch, fill};

/// The lane of a load of flow logs, and its number of interfaces. `taken` counts the interfaces
/// of each account that loads use: no two loads have one in common.
pub(crate) fn lane(job: Job, format: &FlowFormat, taken: &mut [u32]) -> (Box<dyn Lane>, u64) {
    let peak = job.curve.peak() / job.rate;
    let portions: Vec<Portion> = (0..taken.len())
        .map(|a| Portion { rate: job.rate * job.deal.share(a), peak, taken: taken[a] })
        .collect();
    for (taken, portion) in taken.iter_mut().zip(&portions) {
        *taken += portion.interfaces();
    }
    let mut fabric = Fabric::new(&job.world, job.seed.child("flow"), &portions);
    fabric.plant(&job.plots);
    let units = fabric.interfaces.len() as u64;
    let custom = (!format.is_default()).then(|| Custom::new(format, &fabric, &job));
    let (scratch, deliveries) = (Scratch::default(), Vec::new());
    (Box::new(FlowLane { fabric, job, custom, round: 0, deliveries, scratch }), units)
}

/// A load of flow logs on its way: one round of deliveries is held, the rest is computed.
#[derive(Debug)]
struct FlowLane {
    fabric: Fabric,
    job: Job,
    custom: Option<Custom>,
    round: u64,
    /// Deliveries of the current round, the next one last.
    deliveries: Vec<Delivery>,
    scratch: Scratch,
}

/// What a custom format needs.
#[derive(Debug)]
struct Custom {
    /// One for every interface.
    layouts: Vec<Layout>,
    /// One for every account.
    neighbours: Vec<Neighbours>,
}

impl Custom {
    fn new(format: &FlowFormat, fabric: &Fabric, job: &Job) -> Self {
        let mut neighbours = vec![Neighbours::new(); job.world.accounts.len()];
        for interface in &fabric.interfaces {
            let site = interface.site;
            neighbours[site.account as usize].insert(site.address, site);
        }
        let layout = |interface: &Interface| Layout::new(format, &job.world, interface.site);
        Self { layouts: fabric.interfaces.iter().map(layout).collect(), neighbours }
    }
}

impl Lane for FlowLane {
    fn peek(&mut self) -> Option<Head<'_>> {
        while self.deliveries.is_empty() {
            if self.round as i64 * ROUND_MS >= self.job.duration_ms {
                return None;
            }
            self.next_round();
        }
        let delivery = self.deliveries.last()?;
        let interface = &self.fabric.interfaces[delivery.interface as usize];
        Some(Head {
            at: self.job.start.plus_ms(delivery.at_ms),
            account: self.job.world.accounts[interface.site.account as usize],
            region: &self.job.world.region,
            source: Source::VpcFlowLogs,
            log_stream: &interface.stream,
            origin: &interface.origin,
        })
    }

    fn take(&mut self, sink: &mut Sink) {
        let Some(delivery) = self.deliveries.pop() else { return };
        let interface = &self.fabric.interfaces[delivery.interface as usize];
        let (job, round) = (&self.job, self.round - 1);
        // Windows of an interface touch and never overlap, even when the last one is cut short.
        let edge = |ms: i64| job.start.plus_ms(ms).s() - interface.lag_s;
        let from = edge((round as i64 - 1) * ROUND_MS + interface.phase_ms);
        let window = Window { from, to: edge(delivery.due_ms) - 1 };
        let start_s = job.start.s();
        // A slot's connections are delivered a while later; what is asked for then is what counts.
        let factor = |slot: i64| {
            let at = |later: i64| job.curve.rate_at((slot * SLOT_S + later - start_s) * 1_000);
            at(50).min(at(110)).min(at(190)) / job.rate
        };
        let scratch = &mut self.scratch;
        let most = delivery.quota as usize * 4 / 5;
        scratch.planted.clear();
        for &nth in &interface.plots {
            let plot = &job.plots[nth as usize];
            let room = most.saturating_sub(scratch.planted.len()) / interface.plots.len().max(1);
            let first = scratch.planted.len();
            plant(plot, interface.site.address, window, room, &mut scratch.planted);
            for _ in first..scratch.planted.len() {
                sink.plant(nth as usize);
            }
        }
        fill(&self.fabric, delivery.interface, window, round, delivery.quota, factor, scratch);
        let nth = delivery.interface as usize;
        for record in &scratch.records {
            match &self.custom {
                None => record.write_default(&interface.head, &mut sink.text),
                Some(Custom { layouts, neighbours }) => {
                    let neighbours = &neighbours[interface.site.account as usize];
                    layouts[nth].write(record, &job.world, neighbours, &mut sink.text);
                }
            }
            sink.end(Timestamp::from_s(i64::from(record.start)));
        }
    }
}

impl FlowLane {
    fn next_round(&mut self) {
        let (fabric, job, all) = (&self.fabric, &self.job, &mut self.deliveries);
        schedule::round(fabric, job, self.round, all);
        let (worker, first) = (job.worker, job.first);
        all.retain(|delivery| worker.owns(first + u64::from(delivery.interface)));
        all.sort_unstable_by_key(|delivery| {
            let rank = fabric.interfaces[delivery.interface as usize].rank;
            std::cmp::Reverse((delivery.at_ms, rank))
        });
        self.round += 1;
    }
}

//! A load of GuardDuty findings, delivery by delivery.

use std::sync::Arc;

use tributary_vocabulary::{AccountId, Source, Timestamp};

use crate::cells::{Cells, Delivery};
use crate::cloudtrail::estate::Estate;
use crate::dice::{Dice, scatter};
use crate::lane::{Head, Job, Lane, Sink};
use crate::traffic::Origin;
use crate::world::guid;

use super::cell::{Cell, Mix};
use super::finding::Scene;
use super::stock::Stock;

/// Findings that a cell should send together.
const BATCH: u64 = 8;

/// A load of findings on its way.
#[derive(Debug)]
pub(super) struct FindingLane {
    job: Job,
    key: u64,
    period_ms: i64,
    administrator: Option<AccountId>,
    cells: Cells,
    mix: Mix,
    streams: Vec<Arc<str>>,
    detectors: Vec<String>,
    origin: Origin,
    estates: Vec<Option<Estate>>,
    at_work: Vec<Option<Box<Cell>>>,
}

impl FindingLane {
    pub(super) fn new(job: Job, administrator: Option<AccountId>, period_ms: i64) -> (Self, u64) {
        let key = scatter(job.seed.child("guardduty").number() ^ job.first);
        let cells = Cells::new(&job, BATCH, key);
        let units = cells.total();
        let world = &job.world;
        let accounts = 0..world.accounts.len() as u32;
        // EventBridge names streams by GUIDs (reference, 6).
        let stream = |account| Arc::from(guid(&mut world.dice(account, "findings", 0)));
        let lane = Self {
            key,
            period_ms,
            administrator,
            mix: Mix::new(),
            streams: accounts.map(stream).collect(),
            detectors: world.accounts.iter().map(|account| world.detector_id(*account)).collect(),
            origin: Origin::Account,
            estates: world.accounts.iter().map(|_| None).collect(),
            at_work: (0..units).map(|_| None).collect(),
            cells,
            job,
        };
        (lane, units)
    }

    fn prepare(&mut self, delivery: Delivery) {
        let Delivery { account, cell, .. } = delivery;
        let (job, number) = (&self.job, self.cells.number(account, cell));
        let estate =
            self.estates[account as usize].get_or_insert_with(|| Estate::new(&job.world, account));
        let (key, period_ms, cells) = (self.key, self.period_ms, self.cells.count(account));
        self.at_work[number].get_or_insert_with(|| {
            let stock = Stock::new(&job.world, account, estate, cell, cells);
            let key = Dice::at(key, number as u64, 0xf1).next();
            let mut made = Cell::new(stock, key, period_ms);
            for (nth, plot) in (0_u16..).zip(&*job.plots) {
                if cell == 0 && plot.holder == account {
                    made.plant(plot, nth);
                }
            }
            Box::new(made)
        });
    }
}

impl Lane for FindingLane {
    fn peek(&mut self) -> Option<Head<'_>> {
        let delivery = self.cells.peek(&self.job)?;
        Some(Head {
            at: self.job.start.plus_ms(delivery.at_ms),
            account: self.job.world.accounts[delivery.account as usize],
            region: &self.job.world.region,
            source: Source::GuardDuty,
            log_stream: &self.streams[delivery.account as usize],
            origin: &self.origin,
        })
    }

    fn take(&mut self, sink: &mut Sink) {
        let Some(delivery) = self.cells.pop() else { return };
        self.prepare(delivery);
        let account = delivery.account as usize;
        let number = self.cells.number(delivery.account, delivery.cell);
        let (Some(estate), Some(cell)) = (&self.estates[account], &mut self.at_work[number]) else {
            return;
        };
        let at_ms = self.job.start.plus_ms(delivery.at_ms).ms();
        // The time of the delivery: its findings carry their own, a second or so before.
        let sent = Timestamp::from_ms(at_ms - 1_000);
        for _ in 0..delivery.quota {
            let told = cell.tell(&self.mix, at_ms, delivery.at_ms);
            let plot = told.finding.plot.map(usize::from);
            let scene = Scene {
                finding: told.finding,
                moment: told.moment,
                estate,
                stock: &cell.stock,
                plot: plot.and_then(|nth| self.job.plots.get(nth)),
                detector: &self.detectors[account],
                receiver: self.administrator.unwrap_or(estate.account),
            };
            scene.write(&mut sink.text);
            sink.end(sent);
            if let Some(plot) = plot {
                sink.plant(plot);
            }
        }
    }
}

//! A load of CloudTrail records, delivery by delivery.

use std::sync::Arc;

use tributary_vocabulary::{Source, Timestamp};

use crate::cells::{Cells, Delivery};
use crate::dice::{Dice, scatter};
use crate::lane::{Head, Job, Lane, Sink};
use crate::traffic::Origin;

use super::calls::Calls;
use super::cast::Casting;
use super::cell::{Cell, Mix};
use super::crossing;
use super::estate::Estate;
use super::incident::Telling;
use super::record;
use super::template::Scene;

/// Records that a cell should deliver together.
const BATCH: u64 = 64;

/// A cell, and what its plots have left.
type AtWork = (Cell, Vec<Telling>);

/// A load of CloudTrail records on its way.
#[derive(Debug)]
pub(super) struct TrailLane {
    job: Job,
    key: u64,
    cells: Cells,
    calls: Calls,
    mix: Mix,
    streams: Vec<Arc<str>>,
    origin: Origin,
    /// Of each account, once one of its cells is at work here.
    estates: Vec<Option<Estate>>,
    /// Of each cell, once it is at work here.
    at_work: Vec<Option<Box<AtWork>>>,
}

impl TrailLane {
    pub(super) fn new(job: Job, calls: Calls, data_permille: u32) -> (Self, u64) {
        let key = scatter(job.seed.child("cloudtrail").number() ^ job.first);
        let cells = Cells::new(&job, BATCH, key);
        let units = cells.total();
        let stream = |account| Arc::from(format!("{account}_CloudTrail_{}", job.world.region));
        let lane = Self {
            key,
            mix: Mix::new(&calls, data_permille),
            calls,
            streams: job.world.accounts.iter().map(stream).collect(),
            origin: Origin::Account,
            estates: job.world.accounts.iter().map(|_| None).collect(),
            at_work: (0..units).map(|_| None).collect(),
            cells,
            job,
        };
        (lane, units)
    }

    /// Plans the records of a delivery in its cell, those of plots and of other accounts first.
    fn plan(&mut self, delivery: Delivery) {
        let Delivery { account, cell, quota, .. } = delivery;
        let at_ms = self.job.start.plus_ms(delivery.at_ms).ms();
        let number = self.cells.number(account, cell);
        let (job, calls) = (&self.job, &self.calls);
        if self.estates[account as usize].is_none() {
            self.estates[account as usize] = Some(Estate::new(&job.world, account));
        }
        let casting = Casting { world: &job.world, account, cell, calls };
        let key = self.key;
        let slot = self.at_work[number].get_or_insert_with(|| {
            let mut made = Cell::new(&casting, Dice::at(key, number as u64, 0xce).next());
            let plots = (0_u16..).zip(&*job.plots);
            let told = plots
                .filter(|(_, plot)| cell == 0 && plot.holder == account)
                .map(|(nth, plot)| Telling::new(plot, nth, calls, &mut made))
                .collect();
            Box::new((made, told))
        });
        let (cell_at_work, tellings) = &mut **slot;
        let mut left = quota;
        for telling in tellings {
            left -= telling.tell(cell_at_work, at_ms, left.div_ceil(2));
        }
        if cell == 0 {
            let round = self.cells.round();
            left -= crossing::plan(
                &crossing::Crossings { job, key, round, leaders: &self.cells.leaders, calls },
                account,
                left,
                cell_at_work,
            );
        }
        cell_at_work.plan(calls, &self.mix, at_ms, left);
        cell_at_work.planned.sort_by_key(|record| record.at_ms);
    }

    /// Writes what the cell has planned.
    fn write(&mut self, delivery: Delivery, sink: &mut Sink) {
        let Delivery { account, cell, .. } = delivery;
        let number = self.cells.number(account, cell);
        let (Some(estate), Some(slot)) =
            (&self.estates[account as usize], &mut self.at_work[number])
        else {
            return;
        };
        let cell = &mut slot.0;
        let recipient = self.job.world.accounts[account as usize];
        for planned in &cell.planned {
            let at_s = planned.at_ms.div_euclid(1_000);
            let scene = Scene {
                estate,
                caller: cell.session(planned.caller),
                issued: planned.issued.map(|nth| cell.session(nth)),
                key: planned.key,
                focus: planned.focus,
                at_s,
            };
            let call = &self.calls.all[usize::from(planned.call)];
            record::write(
                call,
                &scene,
                planned.outcome,
                planned.ids,
                recipient.as_str(),
                &mut sink.text,
            );
            sink.end(Timestamp::from_s(at_s));
            if let Some(plot) = planned.plot {
                sink.plant(usize::from(plot));
            }
        }
        cell.clear();
    }
}

impl Lane for TrailLane {
    fn peek(&mut self) -> Option<Head<'_>> {
        let delivery = self.cells.peek(&self.job)?;
        Some(Head {
            at: self.job.start.plus_ms(delivery.at_ms),
            account: self.job.world.accounts[delivery.account as usize],
            region: &self.job.world.region,
            source: Source::CloudTrail,
            log_stream: &self.streams[delivery.account as usize],
            origin: &self.origin,
        })
    }

    fn take(&mut self, sink: &mut Sink) {
        let Some(delivery) = self.cells.pop() else { return };
        self.plan(delivery);
        self.write(delivery, sink);
    }
}

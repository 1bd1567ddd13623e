//! Cells: parts of an account that work by themselves, so that workers can share an account.
//!
//! A source whose events follow from each other (a session, then its calls; a finding, then its
//! updates) keeps what it knows in cells. A cell is made by one worker alone, from the first
//! event to the last; how many events it delivers when is computed by everyone.

use crate::apportion::Deal;
use crate::dice::Dice;
use crate::lane::Job;
use crate::shape::Curve;

/// A round: the events that are due in it are divided among the cells of each account.
pub(crate) const ROUND_MS: i64 = 5_000;
/// Cells of a quiet account: enough for several workers.
const FEWEST: u32 = 8;
const MOST: u32 = 256;
/// How long the same cells of a quiet account stay at work, so that their bursts come together.
const TURN: u64 = 12;

/// Events that a cell delivers together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Delivery {
    /// In milliseconds after the load's start.
    pub(crate) at_ms: i64,
    pub(crate) account: u32,
    /// Number of the cell in its account.
    pub(crate) cell: u32,
    pub(crate) quota: u32,
}

/// The cells of a load, and which of them are this worker's.
#[derive(Debug)]
pub(crate) struct Cells {
    /// Cells of each account.
    counts: Vec<u32>,
    /// Number of each account's first cell, among all of the load.
    firsts: Vec<u64>,
    /// Accounts whose first cell always has its share, because something is planted there.
    pinned: Vec<bool>,
    /// Events that a cell should deliver at once.
    batch: u64,
    key: u64,
    round: u64,
    /// Deliveries of the current round that are this worker's, the next one last.
    due: Vec<Delivery>,
    /// Quotas of the first cell of each account in the current round.
    pub(crate) leaders: Vec<u32>,
}

impl Cells {
    pub(crate) fn new(job: &Job, batch: u64, key: u64) -> Self {
        let accounts = job.world.accounts.len();
        let peak = job.curve.peak();
        let each = |account| {
            let events = peak * job.deal.share(account) * (ROUND_MS as f64 / 1_000.0);
            ((events / batch as f64).ceil() as u32).clamp(FEWEST, MOST)
        };
        let counts: Vec<u32> = (0..accounts).map(each).collect();
        let mut pinned = vec![false; accounts];
        for plot in &*job.plots {
            pinned[plot.holder as usize] = true;
        }
        let firsts = counts
            .iter()
            .scan(0_u64, |sum, &count| {
                *sum += u64::from(count);
                Some(*sum - u64::from(count))
            })
            .collect();
        let leaders = vec![0; accounts];
        Self { counts, firsts, pinned, batch, key, round: 0, due: Vec::new(), leaders }
    }

    /// How many there are: the units that workers divide.
    pub(crate) fn total(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }

    /// Cells of an account.
    pub(crate) fn count(&self, account: u32) -> u32 {
        self.counts[account as usize]
    }

    /// Number of a cell among all of the load.
    pub(crate) fn number(&self, account: u32, cell: u32) -> usize {
        (self.firsts[account as usize] + u64::from(cell)) as usize
    }

    /// Number of the round that the next delivery is in.
    pub(crate) const fn round(&self) -> u64 {
        self.round.saturating_sub(1)
    }

    /// The next delivery of this worker.
    pub(crate) fn peek(&mut self, job: &Job) -> Option<Delivery> {
        while self.due.is_empty() {
            if self.round as i64 * ROUND_MS >= job.duration_ms {
                return None;
            }
            self.next_round(job);
        }
        self.due.last().copied()
    }

    /// Takes the delivery that [`Cells::peek`] has shown.
    pub(crate) fn pop(&mut self) -> Option<Delivery> {
        self.due.pop()
    }

    fn next_round(&mut self, job: &Job) {
        let mut all = std::mem::take(&mut self.due);
        self.divide(&job.curve, &job.deal, job.duration_ms, &mut all);
        self.leaders.fill(0);
        for delivery in all.iter().filter(|delivery| delivery.cell == 0) {
            self.leaders[delivery.account as usize] = delivery.quota;
        }
        all.retain(|it| job.worker.owns(job.first + self.number(it.account, it.cell) as u64));
        let accounts = &job.world.accounts;
        all.sort_unstable_by_key(|it| {
            std::cmp::Reverse((it.at_ms, accounts[it.account as usize], it.cell))
        });
        self.due = all;
        self.round += 1;
    }

    /// The deliveries of the current round, those of all workers.
    fn divide(&self, curve: &Curve, deal: &Deal, duration_ms: i64, out: &mut Vec<Delivery>) {
        let from_ms = self.round as i64 * ROUND_MS;
        let length_ms = (duration_ms - from_ms).min(ROUND_MS);
        let (from, to) = (curve.events_before(from_ms), curve.events_before(from_ms + length_ms));
        for (account, count) in deal.between(from, to).enumerate() {
            if count > 0 {
                self.share(account, count, from_ms, length_ms, out);
            }
        }
    }

    /// Divides an account's events of the round among its cells at work.
    fn share(
        &self,
        account: usize,
        count: u64,
        from_ms: i64,
        length_ms: i64,
        out: &mut Vec<Delivery>,
    ) {
        let cells = self.counts[account];
        let wide = i64::from(cells);
        let active = if length_ms < 2 * wide {
            1
        } else {
            (count.div_ceil(self.batch)).min(u64::from(cells)) as u32
        };
        let mut turn = Dice::at(self.key, self.round / TURN, account as u64);
        let first = if self.pinned[account] { 0 } else { turn.below(cells) };
        let mut dice = Dice::at(self.key ^ 0xce11, self.round, account as u64);
        let root = dice;
        let weights: u64 = (0..active).map(|nth| weight(root, nth)).sum();
        let (mut weight_so_far, mut dealt) = (0, 0);
        for nth in 0..active {
            weight_so_far += weight(root, nth);
            let upto = (u128::from(count) * u128::from(weight_so_far) / u128::from(weights)) as u64;
            let quota = (upto - dealt) as u32;
            dealt = upto;
            let cell = (first + nth) % cells;
            // A millisecond belongs to one cell, so that no two deliveries of an account tie.
            let block = i64::from(dice.below((length_ms / wide).max(1) as u32));
            let at_ms = from_ms + (block * wide + i64::from(cell)).min(length_ms);
            if quota > 0 {
                out.push(Delivery { at_ms, account: account as u32, cell, quota });
            }
        }
    }
}

/// The weight of a round's `nth` cell: near enough to the others' to be no accident.
fn weight(dice: Dice, nth: u32) -> u64 {
    let mut dice = Dice::at(dice.root(), u64::from(nth), 0x3e17);
    u64::from(dice.between(700, 1_300))
}

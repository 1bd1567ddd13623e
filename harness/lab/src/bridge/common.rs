//! What all bridges of a run share.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tributary_emulator::Observation;
use tributary_vocabulary::{Stage, Timestamp};

use bytes::Bytes;

use super::board::{Board, ShardKey};
use super::figures::BridgeFigures;
use super::patience::{LONGEST, sleep};
use super::read::ShardRange;
use super::troubles::Troubles;
use crate::driver::WallClock;
use crate::ledger::SharedLedger;

/// What all bridges of a run share.
#[derive(Clone)]
pub(super) struct Common(Arc<Inner>);

struct Inner {
    ledger: SharedLedger,
    clock: WallClock,
    board: Mutex<Board>,
    troubles: Mutex<Troubles>,
    figures: Mutex<BridgeFigures>,
    /// The hash-key ranges of the central stream's shards, to tell whose limit a key met.
    ranges: Mutex<BTreeMap<String, ShardRange>>,
    /// How many documents were taken by now.
    taken: AtomicU64,
    /// Since when documents have failed and none was taken.
    outage: Mutex<Option<WallClock>>,
    /// Whether the shards of the central stream are known.
    shards_known: watch::Sender<bool>,
    stop: watch::Sender<bool>,
    stopped: OnceLock<WallClock>,
}

/// Records in hand; they are handed on or given up when this is dropped.
pub(super) struct InHand {
    common: Common,
    records: u64,
}

impl Drop for InHand {
    fn drop(&mut self) {
        self.common.board().release(self.records);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Common {
    pub(super) fn new(ledger: SharedLedger, clock: WallClock) -> Self {
        Self(Arc::new(Inner {
            ledger,
            clock,
            board: Mutex::default(),
            troubles: Mutex::default(),
            figures: Mutex::default(),
            ranges: Mutex::default(),
            taken: AtomicU64::new(0),
            outage: Mutex::default(),
            shards_known: watch::Sender::new(false),
            stop: watch::Sender::new(false),
            stopped: OnceLock::new(),
        }))
    }

    pub(super) fn ledger(&self) -> &SharedLedger {
        &self.0.ledger
    }

    pub(super) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    pub(super) fn board(&self) -> MutexGuard<'_, Board> {
        lock(&self.0.board)
    }

    pub(super) fn troubles(&self) -> MutexGuard<'_, Troubles> {
        lock(&self.0.troubles)
    }

    pub(super) fn figures(&self) -> MutexGuard<'_, BridgeFigures> {
        lock(&self.0.figures)
    }

    pub(super) fn ranges(&self) -> MutexGuard<'_, BTreeMap<String, ShardRange>> {
        lock(&self.0.ranges)
    }

    /// The central stream has these shards.
    pub(super) fn know_shards(&self, shards: impl Iterator<Item = (String, ShardRange)>) {
        self.ranges().extend(shards);
        self.0.shards_known.send_replace(true);
    }

    /// Waits until the shards of the central stream are known, or the bridges are to stop.
    pub(super) async fn until_shards_known(&self) {
        let mut known = self.0.shards_known.subscribe();
        let mut stop = self.0.stop.subscribe();
        // The senders are part of what is held here, so that waiting for them cannot fail.
        tokio::select! {
            _ = known.wait_for(|known| *known) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }

    /// Notes what a call of a reader has read; holds its records.
    pub(super) fn has_read(&self, shard: &ShardKey, tick: u64, count: u64, at_tip: bool) -> InHand {
        self.board().has_read(shard, tick, count, at_tip);
        InHand { common: self.clone(), records: count }
    }

    /// Holds so many records more.
    pub(super) fn hold(&self, records: u64) -> InHand {
        self.board().hold(records);
        InHand { common: self.clone(), records }
    }

    /// Tells the ledger.
    pub(super) fn observe(&self, observation: &Observation<'_>) {
        self.0.ledger.lock().observe(self.now(), observation);
    }

    /// Records are given up at a stage, and nothing keeps them.
    pub(super) fn give_up(
        &self,
        stage: Stage,
        place: &str,
        code: &str,
        message: &str,
        records: &[Bytes],
    ) {
        let why = format!("{code}: {message}");
        self.troubles().gave_up(place, &why, records.len() as u64);
        self.observe(&Observation::GaveUp { stage, code, message, place: "", records });
    }

    /// A document was taken.
    pub(super) fn document_taken(&self) {
        self.0.taken.fetch_add(1, Ordering::Relaxed);
        *lock(&self.0.outage) = None;
    }

    /// A document failed; whether documents have done nothing else for so long that the next ones
    /// need not be tried as long, one after another.
    pub(super) fn document_failed(&self) -> bool {
        let now = WallClock::starting_at(Timestamp::DEFAULT_EPOCH);
        lock(&self.0.outage).get_or_insert(now).elapsed() >= LONGEST
    }

    /// How many documents were taken by now, those of all shards together.
    pub(super) fn documents_taken(&self) -> u64 {
        self.0.taken.load(Ordering::Relaxed)
    }

    /// Lets the readers stop, and shortens everybody's patience.
    pub(super) fn stop(&self) {
        let _ = self.0.stopped.set(WallClock::starting_at(Timestamp::DEFAULT_EPOCH));
        self.0.stop.send_replace(true);
    }

    pub(super) fn is_stopping(&self) -> bool {
        *self.0.stop.borrow()
    }

    /// For how long they have been to stop.
    pub(super) fn stopped_for(&self) -> Option<Duration> {
        self.0.stopped.get().map(WallClock::elapsed)
    }

    /// Waits so long, or until the bridges are to stop.
    pub(super) async fn rest(&self, duration: Duration) {
        let mut stop = self.0.stop.subscribe();
        // The sender is part of what is held here, so that waiting for it cannot fail.
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            () = sleep(duration) => {}
        }
    }
}

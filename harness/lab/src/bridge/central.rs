//! Reads the central stream once for all that take from it.

use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tributary_emulator::firehose::record::SourceRecord;

use super::common::{Common, InHand};
use super::index::{Indexing, index};
use super::put::DeliveryPut;
use super::read::{ListedShard, Taker, Takers};

/// The bytes that may wait before a leg, all shards together; a leg that is stuck holds the readers
/// back when so much has come up.
const ROOM_BYTES: u32 = 64 * 1024 * 1024;

/// What one call read, on its way into a leg.
pub(super) struct Parcel {
    pub(super) records: Vec<SourceRecord>,
    pub(super) held: Held,
}

/// Keeps records counted as in hand, and their room taken.
pub(super) struct Held {
    _hand: InHand,
    _room: Option<OwnedSemaphorePermit>,
}

/// Takes the records of the central stream.
pub(super) struct CentralTakers {
    common: Common,
    stream_arn: Arc<str>,
    backup: Option<(DeliveryPut, Arc<Semaphore>)>,
    index: Option<(Arc<Indexing>, Arc<Semaphore>)>,
}

/// Takes the records of one shard.
pub(super) struct CentralTaker {
    common: Common,
    stream_arn: Arc<str>,
    shard: String,
    legs: Vec<Leg>,
}

/// One way on from a shard.
struct Leg {
    parcels: UnboundedSender<Parcel>,
    room: Arc<Semaphore>,
    worker: JoinHandle<()>,
}

impl CentralTakers {
    pub(super) fn new(
        common: Common,
        stream_arn: &str,
        backup: Option<DeliveryPut>,
        index: Option<Arc<Indexing>>,
    ) -> Self {
        let room = || Arc::new(Semaphore::new(ROOM_BYTES as usize));
        Self {
            common,
            stream_arn: Arc::from(stream_arn),
            backup: backup.map(|put| (put, room())),
            index: index.map(|indexing| (indexing, room())),
        }
    }
}

impl Takers for CentralTakers {
    type Taker = CentralTaker;

    fn listed(&self, shards: &[ListedShard]) {
        self.common.know_shards(shards.iter().filter_map(|shard| {
            let range = shard.range?;
            Some((shard.id.clone(), range))
        }));
    }

    fn of(&self, shard: &ListedShard) -> CentralTaker {
        self.common.figures().shards.entry(shard.id.clone()).or_default();
        let mut legs = Vec::new();
        if let Some((put, room)) = &self.backup {
            let (parcels, receiver) = unbounded_channel();
            let work = super::backup::back_up(self.common.clone(), put.clone(), receiver);
            legs.push(Leg { parcels, room: room.clone(), worker: tokio::spawn(work) });
        }
        if let Some((indexing, room)) = &self.index {
            let (parcels, receiver) = unbounded_channel();
            let work = index(indexing.clone(), shard.id.clone(), receiver);
            legs.push(Leg { parcels, room: room.clone(), worker: tokio::spawn(work) });
        }
        CentralTaker {
            common: self.common.clone(),
            stream_arn: self.stream_arn.clone(),
            shard: shard.id.clone(),
            legs,
        }
    }
}

impl CentralTaker {
    fn take_down(&self, records: &[SourceRecord]) {
        let mut ledger = self.common.ledger().lock();
        for SourceRecord { origin, data, .. } in records {
            ledger.carried_to_stream(origin.arrival, &self.stream_arn, &self.shard, data);
        }
        drop(ledger);
        let mut figures = self.common.figures();
        let shard = figures.shards.entry(self.shard.clone()).or_default();
        for SourceRecord { origin, data, .. } in records {
            shard.count(origin.arrival, data.len() as u64);
        }
    }
}

impl Taker for CentralTaker {
    async fn take(&mut self, records: Vec<SourceRecord>, hand: InHand) {
        self.take_down(&records);
        let bytes: usize = records.iter().map(|record| record.data.len()).sum();
        let permits = u32::try_from(bytes).unwrap_or(ROOM_BYTES).min(ROOM_BYTES);
        for leg in &self.legs {
            let count = records.len() as u64;
            let own = self.common.hold(count);
            // The semaphore is never closed.
            let room = leg.room.clone().acquire_many_owned(permits).await.ok();
            let held = Held { _hand: own, _room: room };
            let parcel = Parcel { records: records.clone(), held };
            if leg.parcels.send(parcel).is_err() {
                let why = "the worker of this shard ended by itself";
                self.common.troubles().gave_up(&self.shard, why, count);
            }
        }
        drop(hand);
    }

    /// Lets the workers hand on what they have.
    async fn finish(self) {
        for Leg { parcels, worker, .. } in self.legs {
            drop(parcels);
            if let Err(error) = worker.await {
                let why = format!("the worker of this shard ended by itself: {error}");
                self.common.troubles().gave_up(&self.shard, &why, 0);
            }
        }
    }
}

/// The next parcels: waits for one, and takes what else is there.
pub(super) async fn receive(parcels: &mut UnboundedReceiver<Parcel>) -> Option<Vec<Parcel>> {
    let mut received = vec![parcels.recv().await?];
    while let Ok(parcel) = parcels.try_recv() {
        received.push(parcel);
    }
    Some(received)
}

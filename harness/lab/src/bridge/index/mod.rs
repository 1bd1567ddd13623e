//! Bridge "transform": what Firehose does with a function, for one shard at a time.

mod answers;
mod batch;
mod bulk;
mod deliver;
mod delivery;
mod invoke;
mod refusals;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, timeout_at};
use tributary_emulator::Observation;
use tributary_emulator::firehose::aggregate;
use tributary_emulator::firehose::record::SourceRecord;

use super::central::{Held, Parcel};
use super::common::Common;
use super::plan::TakesDocuments;
use super::put::StreamPut;
use batch::full;
pub(super) use deliver::Target;
pub(super) use invoke::Runner;

/// How long the first record of a batch waits for others. Firehose would wait for its buffer's
/// interval, a minute by default; here nothing is gained by waiting.
const WAIT: Duration = Duration::from_secs(1);

/// What the workers of all shards share.
pub(super) struct Indexing {
    pub(super) common: Common,
    pub(super) runner: Runner,
    pub(super) target: Target,
    pub(super) takes_documents: Option<TakesDocuments>,
    /// Where records are put back.
    pub(super) put_back: StreamPut,
    pub(super) stream_arn: String,
    pub(super) delivery_stream_arn: String,
    pub(super) region: String,
}

/// A record that waits for its batch.
pub(super) struct Waiting {
    pub(super) record: SourceRecord,
    /// Lets go of the record's parcel with its last record.
    _held: Arc<Held>,
}

/// Works for one shard until nothing more comes.
pub(super) async fn index(
    indexing: Arc<Indexing>,
    shard: String,
    mut parcels: UnboundedReceiver<Parcel>,
) {
    let worker = Worker { indexing, shard };
    let mut queue: VecDeque<Waiting> = VecDeque::new();
    let mut open = true;
    loop {
        if queue.is_empty() {
            match parcels.recv().await {
                Some(parcel) => worker.receive(&mut queue, parcel),
                None => return,
            }
        }
        let until = Instant::now() + WAIT;
        while open && worker.full(&queue).is_none() {
            match timeout_at(until, parcels.recv()).await {
                Ok(Some(parcel)) => worker.receive(&mut queue, parcel),
                Ok(None) => open = false,
                Err(_) => break,
            }
        }
        let count = worker.full(&queue).unwrap_or(queue.len());
        let batch: Vec<Waiting> = queue.drain(..count).collect();
        worker.process(&batch).await;
    }
}

/// Works for one shard.
pub(super) struct Worker {
    pub(super) indexing: Arc<Indexing>,
    pub(super) shard: String,
}

impl Worker {
    fn full(&self, queue: &VecDeque<Waiting>) -> Option<usize> {
        full(queue.iter().map(|waiting| &waiting.record), &self.shard, self.header(""))
    }

    /// Takes a parcel in: aggregated records are split first, as Firehose does.
    fn receive(&self, queue: &mut VecDeque<Waiting>, Parcel { records, held }: Parcel) {
        let held = Arc::new(held);
        for record in records {
            let Some(parts) = aggregate::split(&record.data) else {
                self.ingest(queue, record, &held);
                continue;
            };
            for (sub, (partition_key, data)) in (0..).zip(parts) {
                let mut origin = record.origin.clone();
                origin.sub = sub;
                self.ingest(queue, SourceRecord { origin, partition_key, data }, &held);
            }
        }
    }

    fn ingest(&self, queue: &mut VecDeque<Waiting>, record: SourceRecord, held: &Arc<Held>) {
        self.indexing.common.observe(&Observation::Ingested {
            delivery_stream_arn: &self.indexing.delivery_stream_arn,
            data: &record.data,
        });
        queue.push_back(Waiting { record, _held: held.clone() });
    }
}

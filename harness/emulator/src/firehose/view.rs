//! What the harness may ask of Firehose.

use serde::Serialize;

use super::lane::{Held, Lane};
use super::stream::{Blocked, DeliveryStream, Status};
use crate::kernel::World;

/// What a delivery stream did so far; all are numbers of records unless they say otherwise.
///
/// Without planted faults `ingested` = `delivered` + `dropped` + `processing_failed` +
/// `delivery_failed` + `lost` of the delivery + what is pending.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FirehoseStatistics {
    /// Records that the delivery's readers read, before planted faults; none for DirectPut.
    pub read: u64,
    /// Records that came in, after planted faults.
    pub ingested: u64,
    /// Their bytes.
    pub ingested_bytes: u64,
    /// Attempts to invoke the processor's function.
    pub invocations: u64,
    /// Attempts that failed and were followed by another.
    pub invocations_retried: u64,
    /// Records that the function answered with `Ok`.
    pub transformed: u64,
    /// Records that it dropped.
    pub dropped: u64,
    /// Records given up at the processor.
    pub processing_failed: u64,
    /// Records in their destination: indexed, or in an object.
    pub delivered: u64,
    /// Documents given up at OpenSearch.
    pub delivery_failed: u64,
    /// Attempts to index a batch.
    pub bulk_requests: u64,
    /// Attempts that left documents for another.
    pub bulk_retries: u64,
    /// Objects of data written.
    pub objects: u64,
    /// Objects of error records written.
    pub error_objects: u64,
    /// Attempts to write an object that failed and were followed by another.
    pub objects_retried: u64,
    /// Source records in the backup.
    pub backed_up: u64,
    /// Records that lie nowhere: S3 did not take them until they were too old.
    pub lost: u64,
    /// Reads that the source throttled.
    pub throttled_reads: u64,
    /// Records that DirectPut refused for its limits.
    pub throttled_puts: u64,
}

/// What is on its way through Firehose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FirehosePending {
    /// Records of the delivery in a buffer, under way or waiting for another attempt.
    pub records: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The same of the backup: records.
    pub backup_records: u64,
    /// The same of the backup: bytes.
    pub backup_bytes: u64,
    /// Whether a source may hold something unread: a reader is awake or a stream is not yet ACTIVE.
    pub reading: bool,
}

impl FirehosePending {
    /// Whether nothing is on its way any more.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A source that cannot be read at present; Firehose tries again without end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirehoseBlocked {
    /// The ARN of the delivery stream.
    pub delivery_stream_arn: String,
    /// The shard; `None` when the shards cannot be listed.
    pub shard_id: Option<String>,
    /// Why.
    pub why: Blocked,
}

impl World {
    /// What is on its way through all delivery streams.
    #[must_use]
    pub fn firehose_pending(&self) -> FirehosePending {
        let mut pending = FirehosePending::default();
        for lane in self.firehose.lanes.iter().flatten() {
            let Held { records, bytes } = lane.held();
            if lane.is_backup() {
                pending.backup_records += records;
                pending.backup_bytes += bytes;
            } else {
                pending.records += records;
                pending.bytes += bytes;
            }
            pending.reading |= lane.is_reading();
        }
        let waits = |stream: &DeliveryStream| {
            let source = stream.source.is_some();
            source && (stream.status == Status::Creating || stream.blocked.is_some())
        };
        pending.reading |= self.firehose.streams.values().any(waits);
        pending
    }

    /// The statistics of each delivery stream, by its ARN.
    pub fn firehose_statistics(&self) -> impl Iterator<Item = (&str, &FirehoseStatistics)> {
        self.firehose.streams.values().map(|stream| (&*stream.plan.arn, &stream.statistics))
    }

    /// The sources that cannot be read at present, and why.
    #[must_use]
    pub fn firehose_blocked(&self) -> Vec<FirehoseBlocked> {
        let mut blocked = Vec::new();
        for stream in self.firehose.streams.values() {
            let arn = || stream.plan.arn.as_ref().to_owned();
            blocked.extend(stream.blocked.iter().map(|why| FirehoseBlocked {
                delivery_stream_arn: arn(),
                shard_id: None,
                why: why.clone(),
            }));
            for (shard, lanes) in &stream.lanes {
                let lanes =
                    lanes.iter().filter_map(|lane| self.firehose.lanes.get(*lane)?.as_deref());
                let why = lanes.filter_map(Lane::blocked).next();
                blocked.extend(why.map(|why| FirehoseBlocked {
                    delivery_stream_arn: arn(),
                    shard_id: Some(shard.as_ref().to_owned()),
                    why: why.clone(),
                }));
            }
        }
        blocked
    }
}

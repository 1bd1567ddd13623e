//! Where the ledger listens, and where faults are planted.

use bytes::Bytes;
use tributary_vocabulary::{AccountId, EventRecord, Source, Stage, Timestamp};

use crate::logs::{Envelope, StoredEvent};
use crate::policy::Decision;

/// Something that happened to data, told in the order in which it happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum Observation<'a> {
    /// PutLogEvents accepted events ([`Stage::Logs`]).
    Accepted {
        /// The owner of the log group.
        account: AccountId,
        /// The log group.
        group: &'a str,
        /// The log stream.
        stream: &'a str,
        /// The events, as stored.
        events: &'a [StoredEvent],
    },
    /// A subscription filter sent an envelope ([`Stage::Subscription`]).
    Subscribed {
        /// The envelope.
        envelope: &'a Envelope,
        /// Its gzip form, as it goes to the destination.
        data: &'a Bytes,
    },
    /// A record lies on a shard ([`Stage::Kinesis`]).
    Streamed {
        /// The ARN of the stream.
        stream_arn: &'a str,
        /// The shard, such as `shardId-000000000000`.
        shard_id: &'a str,
        /// The record's data.
        data: &'a Bytes,
    },
    /// A write to a shard was refused for its limits.
    Throttled {
        /// The stage at which it was refused.
        stage: Stage,
        /// The ARN of the resource that refused.
        resource_arn: &'a str,
        /// The shard, when it is a stream.
        shard_id: &'a str,
        /// The refused records.
        records: u64,
    },
    /// A delivery stream read a record from its source ([`Stage::Firehose`]).
    Ingested {
        /// The ARN of the delivery stream.
        delivery_stream_arn: &'a str,
        /// The record's data.
        data: &'a Bytes,
    },
    /// The transform answered for a record ([`Stage::Transform`]).
    Transformed {
        /// The ARN of the delivery stream.
        delivery_stream_arn: &'a str,
        /// The record as it was given.
        given: &'a Bytes,
        /// What was answered for it.
        answer: TransformAnswer<'a>,
    },
    /// Documents were indexed by one bulk request ([`Stage::OpenSearch`]).
    Indexed {
        /// The ARN of the domain.
        domain_arn: &'a str,
        /// The index.
        index: &'a str,
        /// The sources of the documents that were accepted, in their order.
        documents: &'a [Bytes],
    },
    /// Source records were written to the backup bucket ([`Stage::S3`]).
    BackedUp {
        /// The bucket.
        bucket: &'a str,
        /// The object's key.
        key: &'a str,
        /// The records inside, in their order.
        records: &'a [Bytes],
    },
    /// Records were given up at a stage and lie, if anywhere, under an error prefix.
    GaveUp {
        /// The stage at which they stopped.
        stage: Stage,
        /// Why, as a code such as `Lambda.MissingRecordId`.
        code: &'a str,
        /// Why, as a sentence.
        message: &'a str,
        /// Where they lie now, such as `s3://demo-logs-s3/processing-failed/…`; empty when nowhere.
        place: &'a str,
        /// The records.
        records: &'a [Bytes],
    },
    /// A subscription could not deliver an envelope and gave it up ([`Stage::Subscription`]).
    Undelivered {
        /// The envelope.
        envelope: &'a Envelope,
        /// Why, as a code.
        code: &'a str,
        /// Why, as a sentence.
        message: &'a str,
    },
    /// An event matched no subscription filter of its group.
    Unmatched {
        /// The owner of the log group.
        account: AccountId,
        /// The log group.
        group: &'a str,
        /// The log stream.
        stream: &'a str,
        /// The events.
        events: &'a [StoredEvent],
        /// Why, as a sentence.
        reason: &'a str,
    },
    /// A source (flow logs, a trail, a rule for findings) could not publish events: no log group
    /// took them, so they stopped before [`Stage::Logs`].
    Unpublished {
        /// The account whose source it is.
        account: AccountId,
        /// The source.
        source: Source,
        /// The resource that was to publish them, as an ARN or id; what is missing where there is
        /// none, such as the VPC that no flow log covers.
        resource: &'a str,
        /// Why, as a code.
        code: &'a str,
        /// Why, as a sentence.
        message: &'a str,
        /// The events.
        events: &'a [EventRecord],
    },
    /// A policy refused a call.
    Refused {
        /// The decision, with its explanation.
        decision: &'a Decision,
    },
}

/// What a transform answered for one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransformAnswer<'a> {
    /// `Ok`, with the new data.
    Ok(&'a Bytes),
    /// `Dropped`: it is done with, on purpose.
    Dropped,
    /// `ProcessingFailed`, or an answer that Firehose counts as one.
    ProcessingFailed,
}

/// A listener, and a planter of faults.
///
/// Every `tamper_*` gets what is about to pass a stage and returns what shall pass instead: nothing
/// is a loss, two are a duplicate. [`Hooks::tampers`] says beforehand whether it is to be asked.
pub trait Hooks: Send {
    /// Told of everything that happens to data.
    fn observe(&mut self, now: Timestamp, observation: &Observation<'_>);

    /// Whether faults are still to be planted at this stage.
    fn tampers(&self, _stage: Stage) -> bool {
        false
    }

    /// At [`Stage::Logs`]: events about to be stored in a log stream of `account`; what is returned
    /// beside an account other than its own is stored in a log group of that account.
    fn tamper_events(
        &mut self,
        _now: Timestamp,
        account: AccountId,
        _group: &str,
        _stream: &str,
        events: Vec<StoredEvent>,
    ) -> Vec<(AccountId, StoredEvent)> {
        events.into_iter().map(|event| (account, event)).collect()
    }

    /// At [`Stage::Subscription`]: an envelope about to be sent.
    fn tamper_envelope(&mut self, _now: Timestamp, envelope: Envelope) -> Vec<Envelope> {
        vec![envelope]
    }

    /// At the later stages: one record or document about to pass.
    fn tamper_record(&mut self, _now: Timestamp, _stage: Stage, record: Bytes) -> Vec<Bytes> {
        vec![record]
    }
}

/// Listens to nothing and plants nothing.
#[derive(Debug, Default)]
pub struct NoHooks;

impl Hooks for NoHooks {
    fn observe(&mut self, _now: Timestamp, _observation: &Observation<'_>) {}
}

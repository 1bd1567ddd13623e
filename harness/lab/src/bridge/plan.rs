//! Which bridges a run needs, and between what.

use std::sync::Arc;

use aws_types::SdkConfig;
use bytes::Bytes;
use tributary_transform::Transform;
use tributary_vocabulary::{AccountId, Region};

use crate::driver::WallClock;
use crate::ledger::SharedLedger;

/// The bridges of a run. Clients are made of the configurations here, with the SDK's own retries
/// off: every attempt that fails is seen, counted and made again by the bridges themselves.
pub(crate) struct BridgePlan {
    /// What is taken down of all that is carried.
    pub(crate) ledger: SharedLedger,
    /// The time that the ledger counts in.
    pub(crate) clock: WallClock,
    /// The members' outboxes.
    pub(crate) outboxes: Vec<Outbox>,
    /// The central stream.
    pub(crate) central: Central,
    /// Where raw records go, when the backend's Firehose reads no stream.
    pub(crate) backup: Option<DeliveryStream>,
    /// The transform and where its documents go, when the backend's Firehose does not do it.
    pub(crate) index: Option<IndexLeg>,
}

/// The stream that the subscription filters of an account deliver to.
pub(crate) struct Outbox {
    pub(crate) account: AccountId,
    pub(crate) config: SdkConfig,
    pub(crate) stream: String,
}

/// The central stream.
pub(crate) struct Central {
    pub(crate) config: SdkConfig,
    pub(crate) stream: String,
    pub(crate) stream_arn: String,
    pub(crate) region: Region,
}

/// A delivery stream with direct put.
pub(crate) struct DeliveryStream {
    pub(crate) config: SdkConfig,
    pub(crate) name: String,
    /// Whether a record lies at its destination once it is answered, as with LocalStack: then the
    /// answer is told to the ledger as the arrival.
    pub(crate) delivers_at_once: bool,
}

/// Whether OpenSearch takes documents at present; asked on a thread that may block. To answer at
/// all is not enough: a cluster that is starting refuses what it will take soon.
pub(crate) type TakesDocuments = Arc<dyn Fn() -> bool + Send + Sync>;

/// The bridge in the place of Firehose with its function.
pub(crate) struct IndexLeg {
    pub(crate) transform: Box<dyn Transform>,
    pub(crate) to: DocumentTarget,
    /// The delivery stream that the event names: where the backend has none, the one that a
    /// complete pipeline would have.
    pub(crate) delivery_stream_arn: String,
    /// Asked when a document is refused and no other was taken meanwhile.
    pub(crate) takes_documents: Option<TakesDocuments>,
}

/// Where documents go.
pub(crate) enum DocumentTarget {
    /// A delivery stream that writes to OpenSearch.
    Firehose(Box<DeliveryStream>),
    /// OpenSearch itself.
    Bulk(Box<dyn BulkWriter>),
    /// Nowhere: the run looks at the transform alone.
    Nowhere,
}

/// A document on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    /// Its id, the same on every attempt, so that it can be written again without harm: shard,
    /// sequence number and part of the record that it was made of.
    pub(crate) id: String,
    /// The document: one JSON object on one line.
    pub(crate) source: Bytes,
}

/// Writes documents itself.
pub(crate) trait BulkWriter: Send + Sync {
    /// Writes these documents in their order; an outcome for each. Blocks.
    ///
    /// # Errors
    /// When the request as a whole was not answered as one.
    fn write(&self, documents: &[Document]) -> Result<Vec<WriteOutcome>, String>;
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WriteOutcome {
    /// It is in its index.
    Written,
    /// It may be taken later (429 and 5xx), and why it was not.
    Later(String),
    /// It never will, and why.
    Never(String),
}

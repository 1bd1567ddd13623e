//! What comes of an invocation.

/// What a transform answers: the response, and what is to be put back on the source before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The response, as JSON.
    pub response: Vec<u8>,
    /// Records to put back, in their order; the response counts only once all of them are.
    pub put_back: Vec<PutBack>,
}

/// A record to put back on the source, with the partition key that it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutBack {
    /// Where it goes.
    pub target: PutBackTarget,
    /// The key that decides its shard; empty for a delivery stream.
    pub partition_key: String,
    /// The bytes.
    pub data: Vec<u8>,
}

/// Where records are put back: wherever they came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PutBackTarget {
    /// A Kinesis data stream, by ARN: PutRecords.
    Stream(String),
    /// A delivery stream with direct put, by ARN: PutRecordBatch.
    DeliveryStream(String),
}

//! Records on their way through a delivery stream.

use std::sync::Arc;

use bytes::Bytes;
use tributary_vocabulary::Timestamp;

/// How far apart the numbers of a record's planted copies lie: behind the transform, and before
/// OpenSearch. A copy is a record of its own and must not take its original's document id.
pub const TRANSFORM_COPY: u32 = 1_000_000;
/// See [`TRANSFORM_COPY`].
pub const DOCUMENT_COPY: u32 = 100_000_000;

/// Who a record is: it stays the same across retries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The source's sequence number, 56 digits.
    pub sequence: Arc<str>,
    /// Which of the source record's parts it is: 0 unless producers aggregated.
    pub sub: u32,
    /// When it arrived at the source.
    pub arrival: Timestamp,
}

impl Origin {
    /// The document id of `FIREHOSE_DEFAULT`: `<sequence>.<sub>` (firehose reference, §7).
    #[must_use]
    pub fn document_id(&self) -> String {
        format!("{}.{}", self.sequence, self.sub)
    }

    /// The same origin for the `copy`-th copy that a fault made of the record; 0 is the original.
    #[must_use]
    pub fn copy(&self, copy: usize, apart: u32) -> Self {
        let copy = u32::try_from(copy).unwrap_or(u32::MAX);
        Self { sub: self.sub.saturating_add(apart.saturating_mul(copy)), ..self.clone() }
    }
}

/// A record as it was read or put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRecord {
    /// Who it is.
    pub origin: Origin,
    /// Its partition key; empty for DirectPut.
    pub partition_key: Arc<str>,
    /// Its data.
    pub data: Bytes,
}

/// A record that is ready for its destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutRecord {
    /// Who it is.
    pub origin: Origin,
    /// Its data, transformed.
    pub data: Bytes,
}

//! Both ends of the pipeline at an endpoint: what lies in the index and in the bucket, read by the
//! APIs that anybody has.

mod bucket;
mod bulk;
mod index;
mod prepare;
mod settle;

use bytes::Bytes;

pub(crate) use bucket::Bucket;
pub(crate) use bulk::BulkIndex;
pub(crate) use index::read_documents;
pub(crate) use prepare::{mark_index, takes_documents};
pub(crate) use settle::{expected, settle};

/// What lies at both ends.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// The documents of the index; `None` when there is no index to read.
    pub(crate) documents: Option<Vec<Bytes>>,
    /// Key and content of the bucket's objects; `None` when there is no backup to read.
    pub(crate) objects: Option<Vec<(String, Bytes)>>,
    /// Why an end could not be read.
    pub(crate) unread: Vec<String>,
}

//! What a backend does not carry, the harness carries: through the public interfaces of both ends,
//! as a program of its user's could.
//!
//! Bridge "subscription" reads the streams that the members' filters deliver to, and puts their
//! records on the central stream. The central stream is read once; from there bridge "firehose" puts
//! the raw records on a delivery stream, and bridge "transform" does what Firehose does with a
//! function: batches, event, contract, documents, which go to a delivery stream or to OpenSearch.

mod backup;
mod board;
mod bridges;
mod central;
mod common;
mod failure;
mod figures;
mod index;
mod patience;
mod plan;
mod put;
mod read;
mod subscription;
mod troubles;

#[cfg(test)]
mod tests;

pub(crate) use bridges::Bridges;
pub(crate) use figures::{BridgeFigures, BridgeTransform};
pub(crate) use plan::{
    BridgePlan, BulkWriter, Central, DeliveryStream, Document, DocumentTarget, IndexLeg, Outbox,
    TakesDocuments, WriteOutcome,
};

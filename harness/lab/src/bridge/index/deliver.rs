//! Hands documents on, in the order of their shard.

use std::sync::Arc;

use bytes::Bytes;
use tributary_emulator::Observation;
use tributary_emulator::firehose::wire::{Failure, one_line_object};
use tributary_vocabulary::Stage;

use super::Worker;
use crate::bridge::plan::{BulkWriter, Document};
use crate::bridge::put::DeliveryPut;

/// Where documents go.
pub(in crate::bridge) enum Target {
    /// A delivery stream that writes to OpenSearch.
    Delivery {
        put: DeliveryPut,
        /// Whether a document is in its index once it is answered.
        at_once: bool,
    },
    /// OpenSearch itself.
    Bulk(Arc<dyn BulkWriter>),
    /// Nowhere.
    Nowhere,
}

impl Worker {
    /// Hands these documents on; each was taken or given up when this is done.
    pub(super) async fn deliver(&self, documents: Vec<Document>) {
        let common = &self.indexing.common;
        let mut lines = Vec::with_capacity(documents.len());
        if matches!(self.indexing.target, Target::Nowhere) {
            return;
        }
        for Document { id, source } in documents {
            // Firehose does not split a record of several documents: it is none that OpenSearch
            // gets (firehose reference, §7).
            match one_line_object(&source).map(|line| source.slice_ref(line)) {
                Some(line) => lines.push(Document { id, source: line }),
                None => {
                    let Failure { code, message, .. } = Failure::of("OS.MalformedData");
                    let (stage, place) = (Stage::OpenSearch, self.place());
                    common.give_up(stage, &place, &code, &message, &[source]);
                }
            }
        }
        match &self.indexing.target {
            Target::Delivery { put, at_once } => {
                for document in lines {
                    self.put_document(put, *at_once, document.source).await;
                }
            }
            Target::Bulk(writer) => self.write_bulk(writer, lines).await,
            Target::Nowhere => {}
        }
    }

    /// These documents were taken.
    pub(super) fn taken(&self, documents: &[Bytes], are_indexed: bool) {
        let common = &self.indexing.common;
        for _ in documents {
            common.document_taken();
        }
        if are_indexed && !documents.is_empty() {
            common.observe(&Observation::Indexed { domain_arn: "", index: "", documents });
        }
    }
}

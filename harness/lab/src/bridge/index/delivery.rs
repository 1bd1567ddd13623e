//! Documents onto a delivery stream.

use bytes::Bytes;
use tributary_vocabulary::Stage;

use super::Worker;
use super::refusals::{Refusals, Verdict, stage_of};
use crate::bridge::patience::Patience;
use crate::bridge::put::DeliveryPut;

impl Worker {
    /// Puts one document by PutRecord, as often as it takes. LocalStack's PutRecordBatch stops in the
    /// middle of a batch at the first error and answers with that error alone, so that another attempt
    /// would write the documents before it a second time.
    pub(super) async fn put_document(&self, put: &DeliveryPut, at_once: bool, document: Bytes) {
        let common = &self.indexing.common;
        let place = format!("{}: documents", self.place());
        let mut patience = Patience::new();
        let mut refusals = Refusals::new(common.documents_taken());
        loop {
            let Err(failure) = put.single(&document).await else {
                common.troubles().well(&place);
                self.taken(std::slice::from_ref(&document), at_once);
                return;
            };
            if failure.is_throttle() {
                common.ledger().lock().stages[Stage::Firehose.index()].throttled += 1;
            }
            if failure.may_have_had_effect() {
                common.ledger().lock().retry(&document);
            }
            common.troubles().failing(&place, failure.told());
            let counts = match refusals.verdict(&failure, common.documents_taken()) {
                Verdict::Counts => true,
                Verdict::Ask => self.takes_documents().await,
                Verdict::TellsNothing => false,
            };
            let refused = counts && refusals.count();
            if refused || !patience.wait(common).await {
                let stage = stage_of(&failure, refused);
                let (code, message) = (&failure.code, &failure.message);
                common.give_up(stage, &place, code, message, &[document]);
                return;
            }
        }
    }

    /// Whether OpenSearch is known to take documents at present.
    async fn takes_documents(&self) -> bool {
        let Some(ask) = self.indexing.takes_documents.clone() else { return false };
        tokio::task::spawn_blocking(move || ask()).await.unwrap_or(false)
    }
}

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
            if refused || common.document_failed() || !patience.wait(common).await {
                let stage = stage_of(&failure, refused);
                let (code, message) = (&failure.code, without_id(&failure.message));
                common.give_up(stage, &place, code, &message, &[document]);
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

/// A sentence of OpenSearch without the id of the document, which LocalStack makes anew for every
/// attempt: the same fault of many documents is one cause.
fn without_id(message: &str) -> String {
    const WORDS: &str = " in document with id '";
    let Some((before, rest)) = message.split_once(WORDS) else { return message.to_owned() };
    let Some((_, after)) = rest.split_once('\'') else { return message.to_owned() };
    format!("{before}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_without_the_document_s_id() {
        let told = "failed to parse field [odd] of type [long] in document with id \
                    'caaa48f8-eaae'. Preview of field's value: 'no number'";
        assert_eq!(
            without_id(told),
            "failed to parse field [odd] of type [long]. Preview of field's value: 'no number'"
        );
        for other in ["Connection refused", "in document with id 'cut"] {
            assert_eq!(without_id(other), other);
        }
    }
}

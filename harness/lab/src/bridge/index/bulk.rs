//! Documents into OpenSearch itself, where a backend's Firehose does not write to it.

use std::sync::Arc;

use bytes::Bytes;
use tributary_vocabulary::Stage;

use super::Worker;
use crate::bridge::patience::Patience;
use crate::bridge::plan::{BulkWriter, Document, WriteOutcome};

impl Worker {
    /// Writes these, as often as it takes: what may be taken later is written again in its order.
    pub(super) async fn write_bulk(&self, writer: &Arc<dyn BulkWriter>, documents: Vec<Document>) {
        let common = &self.indexing.common;
        let place = format!("{}: documents", self.place());
        let mut patience = Patience::new();
        let mut left = documents;
        while !left.is_empty() {
            let (answer, sent) = write(writer, left).await;
            let sorted = sort(sent, answer);
            if !sorted.written.is_empty() {
                patience.renew();
                self.taken(&sorted.written, true);
            }
            for (source, why) in sorted.never {
                common.give_up(Stage::OpenSearch, &place, "OS.Refused", &why, &[source]);
            }
            if sorted.may_have_had_effect {
                for document in &sorted.later {
                    common.ledger().lock().retry(&document.source);
                }
            }
            left = sorted.later;
            let Some(why) = sorted.why else {
                common.troubles().well(&place);
                continue;
            };
            common.troubles().failing(&place, why.clone());
            let is_lost = sorted.written.is_empty() && common.document_failed();
            if is_lost || !patience.wait(common).await {
                let left: Vec<Bytes> = left.drain(..).map(|document| document.source).collect();
                common.give_up(Stage::Firehose, &place, "OS.ClusterError", &why, &left);
            }
        }
    }
}

/// One request, on a thread that may block.
async fn write(
    writer: &Arc<dyn BulkWriter>,
    documents: Vec<Document>,
) -> (Result<Vec<WriteOutcome>, String>, Vec<Document>) {
    let writer = writer.clone();
    let documents = Arc::new(documents);
    let sent = documents.clone();
    let answer = tokio::task::spawn_blocking(move || writer.write(&sent)).await;
    let documents = Arc::try_unwrap(documents).unwrap_or_else(|shared| shared.to_vec());
    (answer.unwrap_or_else(|error| Err(error.to_string())), documents)
}

/// The documents of one request by what became of them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sorted {
    written: Vec<Bytes>,
    later: Vec<Document>,
    never: Vec<(Bytes, String)>,
    /// Why some are written later.
    why: Option<String>,
    /// Whether those may be there all the same: nobody answered for them.
    may_have_had_effect: bool,
}

fn sort(documents: Vec<Document>, answer: Result<Vec<WriteOutcome>, String>) -> Sorted {
    let outcomes = match answer {
        Ok(outcomes) if outcomes.len() == documents.len() => outcomes,
        Ok(outcomes) => {
            let (sent, answered) = (documents.len(), outcomes.len());
            let why = format!("{sent} documents were sent, and {answered} items answered");
            return unanswered(documents, why);
        }
        Err(why) => return unanswered(documents, why),
    };
    let mut sorted = Sorted::default();
    for (document, outcome) in documents.into_iter().zip(outcomes) {
        match outcome {
            WriteOutcome::Written => sorted.written.push(document.source),
            WriteOutcome::Never(why) => sorted.never.push((document.source, why)),
            WriteOutcome::Later(why) => {
                sorted.later.push(document);
                sorted.why.get_or_insert(why);
            }
        }
    }
    sorted
}

fn unanswered(later: Vec<Document>, why: String) -> Sorted {
    Sorted { later, why: Some(why), may_have_had_effect: true, ..Sorted::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str) -> Document {
        Document { id: id.to_owned(), source: Bytes::from(format!("{{\"id\":{id}}}")) }
    }

    #[test]
    fn documents_are_sorted_by_what_became_of_them() {
        let documents = vec![document("1"), document("2"), document("3"), document("4")];
        let outcomes = vec![
            WriteOutcome::Written,
            WriteOutcome::Later("429".to_owned()),
            WriteOutcome::Never("mapping".to_owned()),
            WriteOutcome::Later("503".to_owned()),
        ];
        let sorted = sort(documents.clone(), Ok(outcomes.clone()));
        assert_eq!(sorted.written, [document("1").source]);
        assert_eq!(sorted.later, [document("2"), document("4")]);
        assert_eq!(sorted.never, [(document("3").source, "mapping".to_owned())]);
        assert_eq!(sorted.why.as_deref(), Some("429"));
        assert!(!sorted.may_have_had_effect, "all were answered");

        let short = sort(documents.clone(), Ok(outcomes[..3].to_vec()));
        assert_eq!((short.later.len(), short.may_have_had_effect), (4, true));
        let silent = sort(documents, Err("connection reset".to_owned()));
        assert_eq!((silent.later.len(), silent.why.as_deref()), (4, Some("connection reset")));
    }
}

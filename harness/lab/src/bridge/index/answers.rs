//! One batch: event, invocation, put-backs, and the contract of the answer, as Firehose has it.

use std::sync::Arc;

use bytes::Bytes;
use tributary_emulator::firehose::wire::{
    Answer, EventHeader, EventWriter, Failure, read_answers, record_id,
};
use tributary_emulator::{Observation, TransformAnswer};
use tributary_transform::{HandlerError, PutBack, PutBackTarget};
use tributary_vocabulary::{Stage, stable_hash};

use super::{Waiting, Worker};
use crate::bridge::patience::Patience;
use crate::bridge::plan::Document;
use crate::bridge::put::StreamEntry;

/// How often an invocation that failed is made again: Firehose's default.
const RETRIES: u32 = 3;

impl Worker {
    pub(super) fn header<'a>(&'a self, invocation_id: &'a str) -> EventHeader<'a> {
        EventHeader {
            invocation_id,
            delivery_stream_arn: &self.indexing.delivery_stream_arn,
            source_stream_arn: Some(&self.indexing.stream_arn),
            region: &self.indexing.region,
        }
    }

    pub(super) fn place(&self) -> String {
        format!("transform {}", self.shard)
    }

    /// Does all that is to be done with a batch.
    pub(super) async fn process(&self, batch: &[Waiting]) {
        let ids: Vec<String> =
            batch.iter().map(|waiting| record_id(&waiting.record, true)).collect();
        let payload = self.event(batch, &ids);
        let answers = match self.answer(&payload, &ids).await {
            Ok(answers) => answers,
            Err(failure) => {
                let failed = batch.iter().map(|waiting| (waiting.record.data.clone(), &failure));
                return self.give_up(failed);
            }
        };
        let mut documents = Vec::new();
        let mut failed = Vec::new();
        for (waiting, answer) in batch.iter().zip(answers) {
            let given = &waiting.record.data;
            match answer {
                Answer::Ok(data) => {
                    self.tell(given, TransformAnswer::Ok(&data));
                    let id = waiting.record.origin.document_id();
                    let id = format!("{}.{id}", self.shard);
                    documents.push(Document { id, source: data });
                }
                Answer::Dropped => self.tell(given, TransformAnswer::Dropped),
                Answer::Failed(failure) => {
                    self.tell(given, TransformAnswer::ProcessingFailed);
                    failed.push((given.clone(), failure));
                }
            }
        }
        self.give_up(failed.iter().map(|(given, failure)| (given.clone(), failure)));
        self.deliver(documents).await;
    }

    /// The event of a batch.
    fn event(&self, batch: &[Waiting], ids: &[String]) -> Bytes {
        let shard = Some(self.shard.as_str());
        let invocation_id = uuid(ids);
        let bytes = batch.iter().map(|waiting| EventWriter::bytes_of(&waiting.record, shard)).sum();
        let mut writer = EventWriter::new(self.header(&invocation_id), bytes);
        for waiting in batch {
            writer.record(&waiting.record, shard);
        }
        writer.finish().into()
    }

    /// The answers for these ids. An invocation that fails is made again; an answer of the wrong
    /// form is final: it would be the same again.
    async fn answer(&self, payload: &Bytes, ids: &[String]) -> Result<Vec<Answer>, Failure> {
        let place = self.place();
        let mut patience = Patience::new();
        let mut attempts = 0;
        loop {
            attempts += 1;
            let outcome = match self.indexing.runner.invoke(payload.clone(), ids.len()).await {
                Ok(answer) => self.put_back(answer.put_back).await.map(|()| answer.response),
                Err(error) => Err(error),
            };
            let failure = match outcome {
                Ok(response) => {
                    self.indexing.common.troubles().well(&place);
                    return read_answers(&response, ids);
                }
                Err(error) => function_error(&error),
            };
            let why = format!("{}: {}", failure.code, failure.told());
            self.indexing.common.troubles().failing(&place, why);
            if attempts > RETRIES || !patience.wait(&self.indexing.common).await {
                return Err(failure);
            }
        }
    }

    /// Puts records back on the source before the response counts.
    async fn put_back(&self, records: Vec<PutBack>) -> Result<(), HandlerError> {
        let mut entries = Vec::with_capacity(records.len());
        for PutBack { target, partition_key, data } in records {
            if target != PutBackTarget::Stream(self.indexing.stream_arn.clone()) {
                let sentence = "records are put back on the source alone, the central stream";
                return Err(HandlerError::new("ClientError", sentence));
            }
            entries
                .push(StreamEntry { partition_key: Arc::from(partition_key), data: data.into() });
        }
        let place = format!("{}: records put back", self.place());
        let ledger = self.indexing.common.ledger().clone();
        let note = |entry: &StreamEntry| ledger.lock().put_back(&entry.data);
        let outcome = self.indexing.put_back.all(&place, entries, note).await;
        outcome.map_err(|(failure, left)| {
            let (told, left) = (failure.told(), left.len());
            let message = format!("Could not put records back: {told}; {left} records are left");
            HandlerError::new("RuntimeError", message)
        })
    }

    fn tell(&self, given: &Bytes, answer: TransformAnswer<'_>) {
        self.indexing.common.observe(&Observation::Transformed {
            delivery_stream_arn: &self.indexing.delivery_stream_arn,
            given,
            answer,
        });
    }

    /// Records that the function failed for: Firehose would keep them under its error prefix, here
    /// nothing does.
    fn give_up<'a>(&self, failed: impl Iterator<Item = (Bytes, &'a Failure)>) {
        let place = self.place();
        for (record, failure) in failed {
            let (code, told) = (&failure.code, failure.told());
            let common = &self.indexing.common;
            common.give_up(Stage::Transform, &place, code, told, std::slice::from_ref(&record));
        }
    }
}

/// What Firehose makes of a function's error document.
fn function_error(error: &HandlerError) -> Failure {
    let document = error.document();
    let timed_out =
        document.contains("Sandbox.Timedout") || document.contains("Task timed out after");
    let code = if timed_out { "Lambda.FunctionTimedOut" } else { "Lambda.FunctionError" };
    Failure::of(code).because(document.chars().take(500).collect::<String>())
}

/// The id of an invocation in the form of a UUID: the same for the same records.
fn uuid(ids: &[String]) -> String {
    let high = stable_hash(ids.concat().as_bytes());
    let low = stable_hash(&high.to_le_bytes());
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invocation_has_an_id_of_its_own_records() {
        let ids = vec!["1".to_owned(), "2".to_owned()];
        let id = uuid(&ids);
        assert_eq!(id, uuid(&ids));
        assert_ne!(id, uuid(&ids[..1]));
        let lengths: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
    }

    #[test]
    fn a_raised_error_has_firehose_s_code() {
        for (error_type, code) in [
            ("ValueError", "Lambda.FunctionError"),
            ("Sandbox.Timedout", "Lambda.FunctionTimedOut"),
        ] {
            let failure = function_error(&HandlerError::new(error_type, "why"));
            assert_eq!(failure.code, code);
            assert!(failure.told().contains(error_type), "{}", failure.told());
        }
    }
}

//! What both built-ins do with a record before they differ.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::{
    Answer, Envelope, EnvelopeEvent, Event, HandlerError, Outcome, PutBack, PutBackTarget, Record,
    Response, deflate, inflate,
};

/// What becomes of one data envelope.
pub(super) enum Step {
    /// This document goes on.
    Document(Vec<u8>),
    /// Its events go back on the source, in these envelopes.
    PutBack(Vec<Vec<u8>>),
}

/// Answers an event: control messages are Dropped, what is no envelope is ProcessingFailed, and
/// `step` says what becomes of the others. Nothing is answered beyond Lambda's limit: a document
/// that does not fit goes back on the source, halved when it never could, and from the first one
/// that goes back all later ones of the batch follow it, so that the order of a shard is kept.
pub(super) fn answer(
    event: &[u8],
    step: impl Fn(&Envelope<'_>, &[u8]) -> Step,
) -> Result<Answer, HandlerError> {
    let event = Event::read(event)?;
    let mut batch = Batch {
        target: event.put_back_target(),
        response: Response::new(),
        put_back: Vec::new(),
        full: false,
    };
    for record in &event.records {
        batch.take(record, &step);
    }
    Ok(Answer { response: batch.response.finish(), put_back: batch.put_back })
}

struct Batch {
    target: PutBackTarget,
    response: Response,
    put_back: Vec<PutBack>,
    full: bool,
}

impl Batch {
    fn take(&mut self, record: &Record<'_>, step: &impl Fn(&Envelope<'_>, &[u8]) -> Step) {
        let id = record.record_id.as_ref();
        let Ok(data) = STANDARD.decode(record.data.as_bytes()) else {
            return self.response.without_data(id, Outcome::ProcessingFailed);
        };
        let Some(json) = inflate(&data) else {
            return self.response.without_data(id, Outcome::ProcessingFailed);
        };
        let Some(envelope) = Envelope::read(&json) else {
            return self.response.without_data(id, Outcome::ProcessingFailed);
        };
        if envelope.is_control() {
            return self.response.without_data(id, Outcome::Dropped);
        }
        if !envelope.is_data() {
            return self.response.without_data(id, Outcome::ProcessingFailed);
        }
        match step(&envelope, &json) {
            Step::PutBack(envelopes) => self.back(record, envelopes),
            Step::Document(document) if !self.full && self.response.fits(id, &document) => {
                self.response.ok(id, &document);
            }
            Step::Document(document) if Response::new().fits(id, &document) => {
                self.full = true;
                self.back(record, vec![data]);
            }
            Step::Document(_) => match halves(&envelope) {
                Some(halves) => {
                    self.full = true;
                    self.back(record, halves);
                }
                None => self.response.without_data(id, Outcome::ProcessingFailed),
            },
        }
    }

    /// The record is Dropped, and these go on the source in its place, under its own key.
    fn back(&mut self, record: &Record<'_>, envelopes: Vec<Vec<u8>>) {
        self.response.without_data(&record.record_id, Outcome::Dropped);
        self.put_back.extend(envelopes.into_iter().map(|data| PutBack {
            target: self.target.clone(),
            partition_key: record.partition_key().to_owned(),
            data,
        }));
    }
}

/// The two halves of an envelope; `None` when it has a single event, which cannot be halved.
fn halves(envelope: &Envelope<'_>) -> Option<Vec<Vec<u8>>> {
    if envelope.log_events.len() < 2 {
        return None;
    }
    let (first, second) = envelope.log_events.split_at(envelope.log_events.len() / 2);
    Some([first, second].into_iter().map(|half| pack(envelope, half)).collect())
}

/// A gzip envelope like this one, with these events alone.
pub(super) fn pack<'a>(envelope: &Envelope<'a>, events: &[EnvelopeEvent<'a>]) -> Vec<u8> {
    // Text and numbers always have a JSON form.
    deflate(&serde_json::to_vec(&envelope.with_events(events.to_vec())).unwrap_or_default())
}

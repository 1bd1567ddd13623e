//! `builtin:documents`: one document per log event.

use serde::Serialize;

use crate::{Answer, Envelope, EnvelopeEvent, HandlerError, Transform};

use super::record::{Step, answer, pack};

/// One document per log event. OpenSearch takes one document a record, so the events of an
/// envelope are put back on the source singly, each in an envelope of its own, as AWS's blueprint
/// re-ingests; an envelope of one event becomes its document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Documents;

/// The document of one event.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    id: &'a str,
    timestamp: i64,
    owner: &'a str,
    log_group: &'a str,
    log_stream: &'a str,
    message: &'a str,
}

impl Transform for Documents {
    fn name(&self) -> &str {
        "builtin:documents"
    }

    fn handle(&mut self, event: &[u8]) -> Result<Answer, HandlerError> {
        answer(event, |envelope, _| match envelope.log_events.as_slice() {
            [single] => Step::Document(document(envelope, single)),
            events => Step::PutBack(
                events.iter().map(|event| pack(envelope, std::slice::from_ref(event))).collect(),
            ),
        })
    }
}

fn document(envelope: &Envelope<'_>, event: &EnvelopeEvent<'_>) -> Vec<u8> {
    // Text and numbers always have a JSON form.
    serde_json::to_vec(&Document {
        id: &event.id,
        timestamp: event.timestamp,
        owner: &envelope.owner,
        log_group: &envelope.log_group,
        log_stream: &envelope.log_stream,
        message: &event.message,
    })
    .unwrap_or_default()
}

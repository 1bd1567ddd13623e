//! `builtin:envelope`: the envelope as one document.

use crate::{Answer, HandlerError, Transform};

use super::record::{Step, answer};

/// What the function of the published pipeline intends: every envelope becomes one document,
/// control messages are Dropped.
#[derive(Debug, Clone, Copy, Default)]
pub struct WholeEnvelope;

impl Transform for WholeEnvelope {
    fn name(&self) -> &str {
        "builtin:envelope"
    }

    fn handle(&mut self, event: &[u8]) -> Result<Answer, HandlerError> {
        answer(event, |_, json| Step::Document(one_line(json)))
    }
}

/// The document on one line: a line end inside it would break a bulk request.
fn one_line(json: &[u8]) -> Vec<u8> {
    if !json.contains(&b'\n') {
        return json.to_vec();
    }
    // Between tokens a line end is only white space; inside of text JSON has none. A pass through
    // a value therefore loses nothing, and the caller has already read it as JSON.
    serde_json::from_slice::<serde_json::Value>(json)
        .and_then(|value| serde_json::to_vec(&value))
        .unwrap_or_else(|_| json.to_vec())
}

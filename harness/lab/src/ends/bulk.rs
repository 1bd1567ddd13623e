//! Writes documents itself, by `_bulk`, where no delivery stream does.

use bytes::Bytes;
use http::Method;
use serde_json::{Value, json};

use crate::bridge::{BulkWriter, Document, WriteOutcome};
use crate::door::SearchDoor;

/// Writes documents to one index.
pub(crate) struct BulkIndex {
    door: SearchDoor,
    index: String,
}

impl BulkIndex {
    pub(crate) fn new(door: SearchDoor, index: String) -> Self {
        Self { door, index }
    }
}

impl BulkWriter for BulkIndex {
    fn write(&self, documents: &[Document]) -> Result<Vec<WriteOutcome>, String> {
        let mut body = Vec::new();
        for document in documents {
            // With an id of its own a document that is written again is there once.
            let action = json!({ "index": { "_index": self.index, "_id": document.id } });
            body.extend_from_slice(action.to_string().as_bytes());
            body.push(b'\n');
            body.extend_from_slice(&document.source);
            body.push(b'\n');
        }
        let answer = self
            .door
            .request(Method::POST, "/_bulk", "application/x-ndjson", Bytes::from(body))
            .map_err(|error| error.to_string())?;
        let status = answer.status();
        let text = answer.into_body();
        if !status.is_success() {
            return Err(format!("_bulk: {status}: {}", String::from_utf8_lossy(&text)));
        }
        let answer: Value =
            serde_json::from_slice(&text).map_err(|error| format!("_bulk's answer: {error}"))?;
        let items = answer["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        if items.len() != documents.len() {
            return Err(format!("_bulk answered {} of {}", items.len(), documents.len()));
        }
        Ok(items.iter().map(outcome).collect())
    }
}

fn outcome(item: &Value) -> WriteOutcome {
    let item = &item["index"];
    let why = || format!("{}: {}", item["error"]["type"], item["error"]["reason"]);
    match item["status"].as_u64() {
        Some(200..=299) => WriteOutcome::Written,
        Some(429 | 500..) => WriteOutcome::Later(why()),
        _ => WriteOutcome::Never(why()),
    }
}

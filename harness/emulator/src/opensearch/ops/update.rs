//! `POST /index/_update/id`, and the update action of a bulk request.

use serde_json::{Value, json};
use tributary_vocabulary::Timestamp;

use super::document::{answer, condition};
use super::{Answer, body, refresh};
use crate::opensearch::engine::Engine;
use crate::opensearch::error::Failure;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::index::{Condition, Index, OpType, Written};

/// Merges a partial document into one that is there, or writes the one for the case that it is not.
pub(in super::super) fn run(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    name: &str,
    id: &str,
) -> Answer {
    let is_refresh = refresh::is_asked(request)?;
    let condition = condition(request)?;
    let body = body(request)?;
    let index = engine.write_index(now, name)?;
    let (written, result) = apply(index, now, id, &body, condition)?;
    if is_refresh {
        index.refresh(now);
    }
    let status = if result == "created" { 201 } else { 200 };
    let mut answer = answer(request, index, id, written, result);
    if result == "noop" {
        answer["_shards"] = no_shards();
    }
    Ok(HttpResponse::json(status, &answer))
}

/// The shards of an update that changed nothing: none was asked.
pub(in super::super) fn no_shards() -> Value {
    json!({ "total": 0, "successful": 0, "failed": 0 })
}

/// Applies the body of an update.
///
/// # Errors
/// `document_missing_exception`, and those of a write.
pub(in super::super) fn apply(
    index: &mut Index,
    now: Timestamp,
    id: &str,
    body: &Value,
    condition: Condition,
) -> Result<(Written, &'static str), Failure> {
    for key in body.as_object().into_iter().flat_map(|members| members.keys()) {
        match key.as_str() {
            "doc" | "doc_as_upsert" | "upsert" | "detect_noop" | "_source" => {}
            "script" | "scripted_upsert" => {
                return Err(Failure::outside_subset(&format!("[{key}] of an update")));
            }
            other => {
                let reason = format!("[UpdateRequest] unknown field [{other}]");
                return Err(Failure::new(400, "x_content_parse_exception", reason));
            }
        }
    }
    let Some(entry) = index.get(id) else {
        return create(index, now, id, body);
    };
    let (version, seq_no) = (entry.version, entry.seq_no);
    let before: Value = serde_json::from_slice(entry.source).unwrap_or_default();
    let mut after = before.clone();
    merge(&mut after, body.get("doc").unwrap_or(&Value::Null));
    let detects = body.get("detect_noop") != Some(&Value::Bool(false));
    if after == before && detects {
        return Ok((Written { version, seq_no, existed: true }, "noop"));
    }
    let written = index.put(now, id, after.to_string().as_bytes(), OpType::Index, condition)?;
    Ok((written, "updated"))
}

fn create(
    index: &mut Index,
    now: Timestamp,
    id: &str,
    body: &Value,
) -> Result<(Written, &'static str), Failure> {
    let as_upsert = body.get("doc_as_upsert") == Some(&Value::Bool(true));
    let fresh = body.get("upsert").or_else(|| body.get("doc").filter(|_| as_upsert));
    let Some(fresh) = fresh else {
        let reason = format!("[{id}]: document missing");
        let failure = Failure::new(404, "document_missing_exception", reason);
        return Err(failure
            .with("index", index.name.as_str())
            .with("shard", "0")
            .with("index_uuid", index.uuid.as_str()));
    };
    let source = fresh.to_string();
    let written = index.put(now, id, source.as_bytes(), OpType::Create, Condition::default())?;
    Ok((written, "created"))
}

/// Objects are merged member by member; anything else is replaced.
fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (into, from) => *into = from.clone(),
    }
}

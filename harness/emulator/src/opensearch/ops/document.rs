//! Single documents: `_doc`, `_create`, `_source`, `_mget`.

use serde_json::{Value, json};
use tributary_vocabulary::Timestamp;

use super::{Answer, body, refresh};
use crate::opensearch::engine::Engine;
use crate::opensearch::error::Failure;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::index::{Condition, Index, OpType, Written};

/// What a write must find, as the request's parameters say.
pub(super) fn condition(request: &HttpRequest) -> Result<Condition, Failure> {
    let number = |name| Ok::<_, Failure>(request.number(name)?.and_then(|n| u64::try_from(n).ok()));
    Ok(Condition { seq_no: number("if_seq_no")?, primary_term: number("if_primary_term")? })
}

/// The answer to a write.
pub(super) fn answer(
    request: &HttpRequest,
    index: &Index,
    id: &str,
    written: Written,
    result: &str,
) -> Value {
    let mut answer = json!({
        "_index": index.name,
        "_id": id,
        "_version": written.version,
        "result": result,
        "_shards": index.write_shards(),
        "_seq_no": written.seq_no,
        "_primary_term": 1,
    });
    if refresh::is_forced(request) && result != "noop" {
        answer["forced_refresh"] = json!(true);
    }
    answer
}

/// Writes a document, under an id that is made when none is given.
pub(in super::super) fn put(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    (name, id): (&str, Option<&str>),
    create: bool,
) -> Answer {
    let is_refresh = refresh::is_asked(request)?;
    if request.body.is_empty() {
        return Err(Failure::new(400, "parse_exception", "request body is required"));
    }
    let condition = condition(request)?;
    let create = create || request.param("op_type") == Some("create") || id.is_none();
    let id = id.map_or_else(|| engine.new_id(), str::to_owned);
    let op = if create { OpType::Create } else { OpType::Index };
    let index = engine.write_index(now, name)?;
    let written = index.put(now, &id, &request.body, op, condition)?;
    if is_refresh {
        index.refresh(now);
    }
    let (status, result) = if written.existed { (200, "updated") } else { (201, "created") };
    Ok(HttpResponse::json(status, &answer(request, index, &id, written, result)))
}

/// The index that a read of one document is about: a name, or an alias of one index.
fn index_of<'e>(engine: &'e Engine, name: &str) -> Result<&'e Index, Failure> {
    let mut behind = engine.aliases.indices(name);
    let name = behind.next().unwrap_or(name);
    if behind.next().is_some() {
        return Err(Failure::illegal_argument(format!(
            "alias [{name}] has more than one index associated with it, can't execute a single \
             index op"
        )));
    }
    engine.indices.get(name).ok_or_else(|| Failure::no_such_index(name))
}

fn found(index: &Index, id: &str) -> Option<Value> {
    let entry = index.get(id)?;
    let source: Value = serde_json::from_slice(entry.source).unwrap_or_default();
    Some(json!({
        "_index": index.name,
        "_id": id,
        "_version": entry.version,
        "_seq_no": entry.seq_no,
        "_primary_term": 1,
        "found": true,
        "_source": source,
    }))
}

/// Tells a document, refreshed or not.
pub(in super::super) fn get(engine: &Engine, name: &str, id: &str) -> Answer {
    let index = index_of(engine, name)?;
    Ok(match found(index, id) {
        Some(document) => HttpResponse::ok(&document),
        None => {
            HttpResponse::json(404, &json!({ "_index": index.name, "_id": id, "found": false }))
        }
    })
}

/// Tells a document's source alone.
pub(in super::super) fn get_source(engine: &Engine, name: &str, id: &str) -> Answer {
    let index = index_of(engine, name)?;
    let document = found(index, id).ok_or_else(|| {
        let reason = format!("Document not found [{}]/[{id}]", index.name);
        Failure::new(404, "resource_not_found_exception", reason)
    })?;
    Ok(HttpResponse::ok(&document["_source"]))
}

/// Tells several documents, in the order in which they are asked for.
pub(in super::super) fn get_many(
    engine: &Engine,
    request: &HttpRequest,
    default_index: Option<&str>,
) -> Answer {
    let body = body(request)?;
    let ids = body["ids"].as_array().into_iter().flatten().map(|id| json!({ "_id": id }));
    let wanted: Vec<Value> =
        body["docs"].as_array().cloned().unwrap_or_default().into_iter().chain(ids).collect();
    let mut docs = Vec::new();
    for one in wanted {
        let name = one["_index"].as_str().or(default_index).unwrap_or_default();
        let id = one["_id"].as_str().map_or_else(|| one["_id"].to_string(), str::to_owned);
        docs.push(match index_of(engine, name) {
            Ok(index) => found(index, &id)
                .unwrap_or_else(|| json!({ "_index": index.name, "_id": id, "found": false })),
            Err(failure) => json!({ "_index": name, "_id": id, "error": failure.body()["error"] }),
        });
    }
    Ok(HttpResponse::ok(&json!({ "docs": docs })))
}

/// Deletes a document.
pub(in super::super) fn delete(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    name: &str,
    id: &str,
) -> Answer {
    let is_refresh = refresh::is_asked(request)?;
    let condition = condition(request)?;
    let index = engine.write_index(now, name)?;
    let written = index.delete(now, id, condition)?;
    if is_refresh {
        index.refresh(now);
    }
    let (status, result) = if written.existed { (200, "deleted") } else { (404, "not_found") };
    Ok(HttpResponse::json(status, &answer(request, index, id, written, result)))
}

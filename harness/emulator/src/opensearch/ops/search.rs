//! `_search` and `_msearch`.

use serde_json::{Value, json};
use tributary_vocabulary::Timestamp;

use super::{Answer, body};
use crate::opensearch::engine::Engine;
use crate::opensearch::error::Failure;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::search::{Search, all_shards_failed, execute};
use crate::opensearch::targets::{Leniency, resolve};

/// Searches.
pub(in super::super) fn run(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    targets: Option<&str>,
) -> Answer {
    for outside in ["scroll", "search_type", "request_cache", "routing", "preference"] {
        if request.param(outside).is_some() && outside == "scroll" {
            return Err(Failure::outside_subset("[scroll] of a search"));
        }
    }
    let search = Search::parse(&body(request)?, request);
    let names = resolve(engine, targets, Leniency::of(request)?)?;
    // A text in the query language of Lucene is read on the shards, and fails there.
    let search = search.map_err(|failure| match failure.kind() {
        "query_shard_exception" => {
            let index = names.first().and_then(|name| engine.indices.get(name));
            all_shards_failed(failure, index)
        }
        _ => failure,
    })?;
    Ok(HttpResponse::ok(&execute(engine, now, &names, &search)?))
}

/// Searches several times: pairs of a header line and a body line.
pub(in super::super) fn run_many(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    targets: Option<&str>,
) -> Answer {
    let mut responses = Vec::new();
    let mut lines = request.body.split(|byte| *byte == b'\n');
    while let Some(header) = lines.next() {
        let Some(line) = lines.next() else { break };
        responses.push(match one(engine, now, request, (targets, header, line)) {
            Ok(mut answer) => {
                answer["status"] = json!(200);
                answer
            }
            Err(failure) => failure.body(),
        });
    }
    if responses.is_empty() {
        return Err(Failure::new(
            400,
            "action_request_validation_exception",
            "Validation Failed: 1: no requests added;",
        ));
    }
    Ok(HttpResponse::ok(&json!({ "took": 0, "responses": responses })))
}

fn one(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    (targets, header, line): (Option<&str>, &[u8], &[u8]),
) -> Result<Value, Failure> {
    let header: Value = match header {
        [] => json!({}),
        text => serde_json::from_slice(text).map_err(|error| Failure::json(&error))?,
    };
    let named = match &header["index"] {
        Value::String(name) => Some(name.clone()),
        Value::Array(names) => {
            Some(names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","))
        }
        _ => None,
    };
    let body: Value = serde_json::from_slice(line).map_err(|error| Failure::json(&error))?;
    let targets = named.as_deref().or(targets);
    let names = resolve(engine, targets, Leniency::of(request)?)?;
    let search = Search::parse(&body, &HttpRequest { query: Vec::new(), ..request.clone() })?;
    execute(engine, now, &names, &search)
}

//! `_count`.

use serde_json::{Value, json};
use tributary_vocabulary::Timestamp;

use super::{Answer, body, shards};
use crate::opensearch::engine::Engine;
use crate::opensearch::error::Failure;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::query::Query;
use crate::opensearch::search::{Scope, matching};
use crate::opensearch::targets::{Leniency, resolve};

/// Counts the documents that a query matches.
pub(in super::super) fn run(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    targets: Option<&str>,
) -> Answer {
    let body = body(request)?;
    for key in body.as_object().into_iter().flat_map(|members| members.keys()) {
        if key != "query" {
            return Err(Failure::parsing(format!("request does not support [{key}]")));
        }
    }
    let query = match (body.get("query"), request.param("q")) {
        (Some(query), _) => Query::parse(query)?,
        (None, Some(text)) => Query::parse(&json!({ "query_string": { "query": text } }))?,
        (None, None) => Query::parse(&json!({ "match_all": {} }))?,
    };
    let immediate = engine.visibility == crate::opensearch::Visibility::Immediate;
    let (mut found, mut total) = (0_u64, 0);
    for name in resolve(engine, targets, Leniency::of(request)?)? {
        let Some(index) = engine.indices.get_mut(&name) else { continue };
        let view = index.view(now, immediate);
        total += index.settings.shards();
        let scope = Scope { index, view: &view, now };
        if query.is_match_all() {
            found += view.live.count();
        } else {
            matching(&scope, &query, &mut |_, _| found += 1)?;
        }
    }
    let answer: Value = json!({ "count": found, "_shards": shards(total) });
    Ok(HttpResponse::ok(&answer))
}

//! `PUT /index`.

use serde_json::json;
use tributary_vocabulary::Timestamp;

use super::{Answer, body};
use crate::opensearch::aliases::AliasProperties;
use crate::opensearch::engine::Engine;
use crate::opensearch::error::Failure;
use crate::opensearch::http::{HttpRequest, HttpResponse};

/// Makes an index with settings, mappings and aliases.
pub(in super::super) fn run(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    name: &str,
) -> Answer {
    let body = body(request)?;
    for key in body.as_object().into_iter().flat_map(|members| members.keys()) {
        if !matches!(key.as_str(), "settings" | "mappings" | "aliases") {
            let reason = format!("unknown key [{key}] for create index");
            return Err(Failure::new(400, "parse_exception", reason));
        }
    }
    let mut aliases = Vec::new();
    for (alias, of) in body["aliases"].as_object().into_iter().flatten() {
        aliases.push((alias.clone(), AliasProperties::parse(of)?));
    }
    engine.create_index(now, name, body.get("settings"), body.get("mappings"))?;
    for (alias, of) in aliases {
        engine.aliases.add(&alias, name, of);
    }
    Ok(HttpResponse::ok(
        &json!({ "acknowledged": true, "shards_acknowledged": true, "index": name }),
    ))
}

//! `GET` and `PUT /index/_mapping`.

use serde_json::{Map, Value, json};

use super::{Answer, acknowledged, body};
use crate::opensearch::engine::Engine;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::mapping::render;
use crate::opensearch::targets::{Leniency, resolve};

/// Tells the mappings of indices.
pub(in super::super) fn get(
    engine: &Engine,
    request: &HttpRequest,
    targets: Option<&str>,
) -> Answer {
    let mut out = Map::new();
    for name in resolve(engine, targets, Leniency::of(request)?)? {
        let Some(index) = engine.indices.get(&name) else { continue };
        let mappings = render(index.mapping());
        out.insert(name, json!({ "mappings": mappings }));
    }
    Ok(HttpResponse::ok(&Value::Object(out)))
}

/// Adds fields to the mappings of indices.
pub(in super::super) fn put(engine: &mut Engine, request: &HttpRequest, targets: &str) -> Answer {
    let body = body(request)?;
    for name in resolve(engine, Some(targets), Leniency::of(request)?)? {
        if let Some(index) = engine.indices.get_mut(&name) {
            index.put_mapping(&body)?;
        }
    }
    Ok(acknowledged())
}

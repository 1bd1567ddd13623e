//! `GET /index`, `HEAD /index`.

use serde_json::{Map, Value, json};

use super::Answer;
use crate::opensearch::engine::Engine;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::mapping::render;
use crate::opensearch::targets::{Leniency, resolve};

/// Tells settings, mappings and aliases of indices.
pub(in super::super) fn run(engine: &Engine, request: &HttpRequest, targets: &str) -> Answer {
    let mut out = Map::new();
    for name in resolve(engine, Some(targets), Leniency::of(request)?)? {
        let Some(index) = engine.indices.get(&name) else { continue };
        let told = json!({
            "aliases": engine.aliases.render(&name),
            "mappings": render(index.mapping()),
            "settings": index.settings.render(),
        });
        out.insert(name, told);
    }
    Ok(HttpResponse::ok(&Value::Object(out)))
}

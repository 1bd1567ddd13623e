//! `GET` and `PUT /index/_settings`.

use serde_json::{Map, Value, json};

use super::{Answer, acknowledged, body};
use crate::opensearch::engine::Engine;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::targets::{Leniency, resolve};

/// Tells the settings of indices.
pub(in super::super) fn get(
    engine: &Engine,
    request: &HttpRequest,
    targets: Option<&str>,
) -> Answer {
    let mut out = Map::new();
    for name in resolve(engine, targets, Leniency::of(request)?)? {
        let Some(index) = engine.indices.get(&name) else { continue };
        let flat = request.flag("flat_settings", false)?;
        let settings = if flat { index.settings.flat() } else { index.settings.render() };
        out.insert(name, json!({ "settings": settings }));
    }
    Ok(HttpResponse::ok(&Value::Object(out)))
}

/// Changes the dynamic settings of indices.
pub(in super::super) fn put(engine: &mut Engine, request: &HttpRequest, targets: &str) -> Answer {
    let body = body(request)?;
    let body = body.get("settings").unwrap_or(&body);
    for name in resolve(engine, Some(targets), Leniency::of(request)?)? {
        if let Some(index) = engine.indices.get_mut(&name) {
            let named = format!("{name}/{}", index.uuid);
            index.settings.apply(body, Some(&named))?;
        }
    }
    Ok(acknowledged())
}

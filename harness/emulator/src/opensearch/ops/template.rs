//! `_index_template` and the older `_template`.

use http::Method;
use serde_json::json;

use super::{Answer, acknowledged, body};
use crate::opensearch::engine::Engine;
use crate::opensearch::error::Failure;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::templates::Template;
use crate::opensearch::wildcard;

/// Puts, tells or deletes templates.
pub(in super::super) fn run(engine: &mut Engine, request: &HttpRequest, parts: &[&str]) -> Answer {
    let legacy = parts.first() == Some(&"_template");
    let name = parts.get(1).copied();
    let templates = &mut engine.templates;
    let kept = if legacy { &mut templates.legacy } else { &mut templates.composable };
    match (&request.method, name) {
        (&Method::PUT | &Method::POST, Some(name)) => {
            let template = Template::parse(&body(request)?, legacy)?;
            kept.insert(name.to_owned(), template);
            Ok(acknowledged())
        }
        (&Method::DELETE, Some(name)) => {
            let before = kept.len();
            kept.retain(|template, _| !wildcard::simple(name, template));
            if kept.len() == before && !name.contains('*') {
                return Err(missing(name));
            }
            Ok(acknowledged())
        }
        (&Method::GET | &Method::HEAD, name) => {
            let pattern = name.unwrap_or("*");
            let found = kept.keys().any(|template| wildcard::simple(pattern, template));
            if !found && name.is_some_and(|name| !name.contains('*')) {
                return Err(missing(pattern));
            }
            let told = if legacy {
                templates.render_legacy(pattern)
            } else {
                templates.render_composable(pattern)
            };
            Ok(HttpResponse::ok(&told))
        }
        (method, _) => {
            let error = format!(
                "Incorrect HTTP method for uri [{}] and method [{method}], allowed: [GET, PUT, \
                 POST, DELETE, HEAD]",
                request.path
            );
            Ok(HttpResponse::json(405, &json!({ "error": error, "status": 405 })))
        }
    }
}

fn missing(name: &str) -> Failure {
    let reason = format!("index template matching [{name}] not found");
    Failure::new(404, "resource_not_found_exception", reason)
}

//! From a path to an operation (OpenSearch reference, §4, §6 and §7).

use http::Method;
use serde_json::json;
use tributary_vocabulary::Timestamp;

use super::engine::Engine;
use super::error::Failure;
use super::filter_path;
use super::http::{HttpRequest, HttpResponse};
use super::ops::{
    alias, bulk, cat, cluster, count, create_index, delete_index, document, get_index, mapping,
    refresh, root, search, settings, template, update,
};

/// Answers a request.
pub(super) fn answer(engine: &mut Engine, now: Timestamp, request: &HttpRequest) -> HttpResponse {
    let head = request.method == Method::HEAD;
    let mut response = match unsupported_body(request) {
        Some(response) => response,
        None => match route(engine, now, request) {
            Some(Ok(response)) => response,
            Some(Err(failure)) => failure.response(),
            None => no_handler(request),
        },
    };
    if let Some(paths) = request.param("filter_path").filter(|paths| !paths.is_empty()) {
        filter_path::apply(paths, &mut response);
    }
    if head {
        response.body = bytes::Bytes::new();
    }
    response
}

/// 406 for a body of another type than JSON.
fn unsupported_body(request: &HttpRequest) -> Option<HttpResponse> {
    if request.body.is_empty() {
        return None;
    }
    let given = request.content_type.as_deref().unwrap_or_default();
    let kind = given.split(';').next().unwrap_or_default().trim();
    if matches!(kind, "application/json" | "application/x-ndjson") {
        return None;
    }
    let error = format!("Content-Type header [{given}] is not supported");
    Some(HttpResponse::json(406, &json!({ "error": error, "status": 406 })))
}

fn no_handler(request: &HttpRequest) -> HttpResponse {
    let HttpRequest { method, path, .. } = request;
    let error = format!("no handler found for uri [{path}] and method [{method}]");
    HttpResponse::json(400, &json!({ "error": error }))
}

type Answer = Option<Result<HttpResponse, Failure>>;

fn route(engine: &mut Engine, now: Timestamp, request: &HttpRequest) -> Answer {
    let segments = request.segments();
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    match parts.as_slice() {
        [first, ..] if first.starts_with('_') && *first != "_all" => {
            of_cluster(engine, now, request, &parts)
        }
        [] => is_read(request).then(|| Ok(root::run(engine))),
        _ => of_index(engine, now, request, &parts),
    }
}

fn is_read(request: &HttpRequest) -> bool {
    matches!(request.method, Method::GET | Method::HEAD)
}

fn is_write(request: &HttpRequest) -> bool {
    matches!(request.method, Method::POST | Method::PUT)
}

/// Paths that begin with an underscore.
fn of_cluster(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    parts: &[&str],
) -> Answer {
    let method = &request.method;
    Some(match parts {
        ["_bulk"] if is_write(request) => bulk::run(engine, now, request, None),
        ["_search"] => search::run(engine, now, request, None),
        ["_count"] => count::run(engine, now, request, None),
        ["_msearch"] => search::run_many(engine, now, request, None),
        ["_refresh" | "_flush" | "_forcemerge"] => refresh::run(engine, now, request, None),
        ["_mapping"] if is_read(request) => mapping::get(engine, request, None),
        ["_settings"] if is_read(request) => settings::get(engine, request, None),
        ["_mget"] => document::get_many(engine, request, None),
        ["_aliases"] if *method == Method::POST => alias::change(engine, request),
        ["_alias" | "_aliases"] if is_read(request) => alias::get(engine, request, None, None),
        ["_alias", alias] if is_read(request) => alias::get(engine, request, None, Some(alias)),
        ["_index_template" | "_template"] | ["_index_template" | "_template", _] => {
            template::run(engine, request, parts)
        }
        ["_cluster", "health"] if is_read(request) => cluster::health(engine, request, None),
        ["_cluster", "health", index] if is_read(request) => {
            cluster::health(engine, request, Some(index))
        }
        ["_cluster", "settings"] if is_read(request) => cluster::settings(engine),
        ["_cat", what] if is_read(request) => cat::run(engine, request, what, None),
        ["_cat", what, index] if is_read(request) => cat::run(engine, request, what, Some(index)),
        _ => return None,
    })
}

/// Paths that begin with an index, an alias or a pattern of them.
fn of_index(engine: &mut Engine, now: Timestamp, request: &HttpRequest, parts: &[&str]) -> Answer {
    let method = &request.method;
    let read = is_read(request);
    Some(match parts {
        [index] if read => get_index::run(engine, request, index),
        [index] if *method == Method::PUT => create_index::run(engine, now, request, index),
        [index] if *method == Method::DELETE => delete_index::run(engine, request, index),
        [index, "_bulk"] if is_write(request) => bulk::run(engine, now, request, Some(index)),
        [index, "_search"] => search::run(engine, now, request, Some(index)),
        [index, "_msearch"] => search::run_many(engine, now, request, Some(index)),
        [index, "_count"] => count::run(engine, now, request, Some(index)),
        [index, "_refresh" | "_flush" | "_forcemerge"] => {
            refresh::run(engine, now, request, Some(index))
        }
        [index, "_mapping"] if read => mapping::get(engine, request, Some(index)),
        [index, "_mapping"] if is_write(request) => mapping::put(engine, request, index),
        [index, "_settings"] if read => settings::get(engine, request, Some(index)),
        [index, "_settings"] if *method == Method::PUT => settings::put(engine, request, index),
        [index, "_alias" | "_aliases"] if read => alias::get(engine, request, Some(index), None),
        [index, "_alias" | "_aliases", name] => match *method {
            Method::GET | Method::HEAD => alias::get(engine, request, Some(index), Some(name)),
            Method::DELETE => alias::remove(engine, index, name),
            _ => alias::add(engine, request, index, name),
        },
        [index, "_mget"] => document::get_many(engine, request, Some(index)),
        [index, "_doc"] if *method == Method::POST => {
            document::put(engine, now, request, (index, None), false)
        }
        [index, "_doc", id] => match *method {
            Method::GET | Method::HEAD => document::get(engine, index, id),
            Method::DELETE => document::delete(engine, now, request, index, id),
            _ => document::put(engine, now, request, (index, Some(id)), false),
        },
        [index, "_create", id] if is_write(request) => {
            document::put(engine, now, request, (index, Some(id)), true)
        }
        [index, "_source", id] if read => document::get_source(engine, index, id),
        [index, "_update", id] if *method == Method::POST => {
            update::run(engine, now, request, index, id)
        }
        _ => return None,
    })
}

//! The operations of the data plane, one a file.

pub(super) mod alias;
pub(super) mod bulk;
pub(super) mod cat;
pub(super) mod cluster;
pub(super) mod count;
pub(super) mod create_index;
pub(super) mod delete_index;
pub(super) mod document;
pub(super) mod get_index;
pub(super) mod mapping;
pub(super) mod refresh;
pub(super) mod root;
pub(super) mod search;
pub(super) mod settings;
pub(super) mod template;
pub(super) mod update;

use serde_json::{Value, json};

use super::error::Failure;
use super::http::{HttpRequest, HttpResponse};

/// What an operation answers.
pub(super) type Answer = Result<HttpResponse, Failure>;

/// `{"acknowledged":true}`
fn acknowledged() -> HttpResponse {
    HttpResponse::ok(&json!({ "acknowledged": true }))
}

/// The body as an object; an empty one when there is none.
fn body(request: &HttpRequest) -> Result<Value, Failure> {
    match request.json()? {
        None => Ok(json!({})),
        Some(value) if value.is_object() => Ok(value),
        Some(_) => Err(Failure::parsing("Expected [START_OBJECT] but found something else")),
    }
}

/// `_shards` of an answer that all primaries of these many shards gave.
fn shards(total: u64) -> Value {
    json!({ "total": total, "successful": total, "skipped": 0, "failed": 0 })
}

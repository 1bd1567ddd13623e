//! The documents of an index, by its scroll API.

use bytes::Bytes;
use http::Method;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::door::SearchDoor;
use crate::topology::Names;

/// Documents of one page.
const PAGE: usize = 1_000;

#[derive(Deserialize)]
struct Page {
    #[serde(default, rename = "_scroll_id")]
    scroll_id: String,
    hits: Hits,
}

#[derive(Deserialize)]
struct Hits {
    hits: Vec<Hit>,
}

#[derive(Deserialize)]
struct Hit {
    #[serde(rename = "_source")]
    source: Box<RawValue>,
}

#[derive(Deserialize)]
struct Count {
    count: u64,
}

/// The indices that the topology writes to: its own, and what rotation makes of it.
fn pattern() -> String {
    format!("{0},{0}-*", Names::INDEX)
}

/// How many documents searches see now, after a refresh.
///
/// # Errors
/// What OpenSearch answered, or that it did not.
pub(crate) fn count(door: &SearchDoor) -> Result<u64, String> {
    let indices = pattern();
    let options = "ignore_unavailable=true&allow_no_indices=true";
    call(door, Method::POST, &format!("/{indices}/_refresh?{options}"), "")?;
    let answer = call(door, Method::GET, &format!("/{indices}/_count?{options}"), "")?;
    let count: Count = parsed(&answer)?;
    Ok(count.count)
}

/// All documents, as they were written.
///
/// # Errors
/// What OpenSearch answered, or that it did not.
pub(crate) fn read_documents(door: &SearchDoor) -> Result<Vec<Bytes>, String> {
    let mut documents = Vec::new();
    let first = format!(
        "/{}/_search?scroll=1m&size={PAGE}&ignore_unavailable=true&allow_no_indices=true",
        pattern()
    );
    let mut answer = call(door, Method::POST, &first, r#"{"sort":["_doc"]}"#)?;
    loop {
        let page: Page = parsed(&answer)?;
        let last = page.hits.hits.is_empty();
        let sources = page.hits.hits.into_iter();
        documents.extend(sources.map(|hit| Bytes::from(hit.source.get().to_owned())));
        let scroll = serde_json::json!({ "scroll_id": page.scroll_id, "scroll": "1m" });
        if last {
            if !page.scroll_id.is_empty() {
                let all = serde_json::json!({ "scroll_id": [page.scroll_id] }).to_string();
                // It would end by itself after a minute.
                let _ = call(door, Method::DELETE, "/_search/scroll", &all);
            }
            return Ok(documents);
        }
        answer = call(door, Method::POST, "/_search/scroll", &scroll.to_string())?;
    }
}

fn call(door: &SearchDoor, method: Method, path: &str, body: &str) -> Result<Bytes, String> {
    let body = Bytes::from(body.to_owned());
    let answer = door
        .request(method, path, "application/json", body)
        .map_err(|error| format!("OpenSearch at {}: {error}", door.url()))?;
    let status = answer.status();
    let body = answer.into_body();
    if status.is_success() {
        return Ok(body);
    }
    let said = String::from_utf8_lossy(&body).into_owned();
    Err(format!("OpenSearch at {} answered {path} with {status}: {said}", door.url()))
}

fn parsed<'a, T: Deserialize<'a>>(answer: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(answer).map_err(|error| format!("OpenSearch's answer: {error}"))
}

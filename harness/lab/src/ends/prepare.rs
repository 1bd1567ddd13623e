//! Marks the index that a run will make, and asks whether it can be written to.

use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use serde_json::json;

use crate::backend::BackendError;
use crate::bridge::TakesDocuments;
use crate::door::SearchDoor;
use crate::topology::Names;
use crate::upkeep::{INDEX_TEMPLATE, Mark};

/// The index of the topology, and what rotation makes of it.
const INDEX_PATTERNS: [&str; 2] = [Names::INDEX, "logs-*"];
/// The component that the saved dashboards need, where somebody has put it.
const DASHBOARDS: &str = "tributary-dashboards";

/// Puts the index template by which every index of the run carries its mark.
///
/// # Errors
/// When OpenSearch does not take it.
pub(crate) fn mark_index(door: &SearchDoor, mark: &Mark) -> Result<(), BackendError> {
    // Of several index templates OpenSearch takes one, so the dashboards' fields come into this one.
    let component = format!("/_component_template/{DASHBOARDS}");
    let known = door.request(Method::GET, &component, "application/json", Bytes::new())?;
    let path = format!("/_index_template/{INDEX_TEMPLATE}");
    let mut template = mark.index_template(&INDEX_PATTERNS);
    if known.status().is_success() {
        template["composed_of"] = json!([DASHBOARDS]);
    }
    let body = template.to_string();
    let answer = door.request(Method::PUT, &path, "application/json", Bytes::from(body))?;
    if answer.status().is_success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(answer.body()).into_owned();
    Err(BackendError::Unfit(format!(
        "OpenSearch at {} does not take the index template {INDEX_TEMPLATE} ({}: {said}): give an \
         OpenSearch that the run may write to",
        door.url(),
        answer.status()
    )))
}

/// Whether the cluster takes documents at present: one that is starting refuses what it will take
/// soon.
pub(crate) fn takes_documents(door: SearchDoor) -> TakesDocuments {
    Arc::new(move || {
        let health = door.request(
            Method::GET,
            "/_cluster/health?wait_for_status=yellow&timeout=1s",
            "application/json",
            Bytes::new(),
        );
        health.is_ok_and(|answer| answer.status().is_success())
    })
}

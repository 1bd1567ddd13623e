//! `GET /` (OpenSearch reference, §1).

use serde_json::json;

use crate::opensearch::engine::Engine;
use crate::opensearch::http::HttpResponse;

/// Tells what the domain is.
pub(in super::super) fn run(engine: &Engine) -> HttpResponse {
    let identity = &engine.identity;
    HttpResponse::ok(&json!({
        "name": identity.node_name,
        "cluster_name": identity.cluster_name,
        "cluster_uuid": engine.cluster_uuid,
        "version": {
            "distribution": "opensearch",
            "number": identity.version,
            "build_type": "tar",
            "build_hash": "unknown",
            "build_date": "unknown",
            "build_snapshot": false,
            "lucene_version": identity.lucene_version,
            "minimum_wire_compatibility_version": identity.minimum_wire_version,
            "minimum_index_compatibility_version": identity.minimum_index_version,
        },
        "tagline": "The OpenSearch Project: https://opensearch.org/",
    }))
}

//! `_cluster/health` and `_cluster/settings` (OpenSearch reference, §7).

use serde_json::json;

use super::Answer;
use crate::opensearch::engine::Engine;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::targets::{Leniency, resolve};

/// What there is of shards, all or those of some indices.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shards {
    pub(super) primaries: u64,
    pub(super) unassigned: u64,
}

impl Shards {
    /// Primaries lie on the one node; replicas have none to lie on.
    pub(super) fn of(engine: &Engine, names: &[String]) -> Self {
        let mut shards = Self::default();
        for index in names.iter().filter_map(|name| engine.indices.get(name)) {
            shards.primaries += index.settings.shards();
            shards.unassigned += index.settings.shards() * index.settings.replicas();
        }
        shards
    }

    /// Green when no copy lacks a node.
    pub(super) fn status(self) -> &'static str {
        if self.unassigned == 0 { "green" } else { "yellow" }
    }

    /// The part of all copies that has a node, in percent.
    pub(super) fn active_percent(self) -> f64 {
        let all = self.primaries + self.unassigned;
        if all == 0 { 100.0 } else { 100.0 * self.primaries as f64 / all as f64 }
    }
}

/// Tells the health; waiting for a status that will not come ends with 408.
pub(in super::super) fn health(
    engine: &Engine,
    request: &HttpRequest,
    targets: Option<&str>,
) -> Answer {
    let names = resolve(engine, targets, Leniency::of(request)?)?;
    let shards = Shards::of(engine, &names);
    let rank = |status: &str| ["red", "yellow", "green"].iter().position(|one| *one == status);
    let wanted = request.param("wait_for_status").and_then(rank);
    let timed_out = wanted.is_some_and(|wanted| rank(shards.status()) < Some(wanted));
    let answer = json!({
        "cluster_name": engine.identity.cluster_name,
        "status": shards.status(),
        "timed_out": timed_out,
        "number_of_nodes": 1,
        "number_of_data_nodes": 1,
        "discovered_master": true,
        "discovered_cluster_manager": true,
        "active_primary_shards": shards.primaries,
        "active_shards": shards.primaries,
        "relocating_shards": 0,
        "initializing_shards": 0,
        "unassigned_shards": shards.unassigned,
        "delayed_unassigned_shards": 0,
        "number_of_pending_tasks": 0,
        "number_of_in_flight_fetch": 0,
        "task_max_waiting_in_queue_millis": 0,
        "active_shards_percent_as_number": shards.active_percent(),
    });
    Ok(HttpResponse::json(if timed_out { 408 } else { 200 }, &answer))
}

/// The cluster has no settings of its own here.
pub(in super::super) fn settings(_engine: &Engine) -> Answer {
    Ok(HttpResponse::ok(&json!({ "persistent": {}, "transient": {} })))
}

//! Runs a search over indices.

use serde_json::{Map, Value, json};
use tributary_vocabulary::Timestamp;

use super::matching::{Scope, matching};
use super::parse::{Search, TotalHits};
use super::sort::Key;
use crate::opensearch::aggregations::Collector;
use crate::opensearch::engine::{Engine, Visibility};
use crate::opensearch::error::Failure;
use crate::opensearch::index::Index;

/// A document that matched.
struct Hit {
    /// Its index, as a place in the list of those searched.
    index: usize,
    slot: u32,
    score: f64,
    keys: Vec<Key>,
}

/// Runs a search; what fails on a shard fails the search.
///
/// # Errors
/// `search_phase_execution_exception` with its cause.
pub(in super::super) fn execute(
    engine: &mut Engine,
    now: Timestamp,
    names: &[String],
    search: &Search,
) -> Result<Value, Failure> {
    let immediate = engine.visibility == Visibility::Immediate;
    let mut views = Vec::new();
    for name in names {
        if let Some(index) = engine.indices.get_mut(name) {
            views.push((name, index.view(now, immediate)));
        }
    }
    let scopes: Vec<Scope<'_>> = views
        .iter()
        .filter_map(|(name, view)| Some(Scope { index: engine.indices.get(*name)?, view, now }))
        .collect();
    let (hits, total, collector) =
        collect(&scopes, search).map_err(|cause| failed_phase(cause, &scopes))?;
    let shards: u64 = scopes.iter().map(|scope| scope.index.settings.shards()).sum();
    let mut answer = json!({
        "took": 0,
        "timed_out": false,
        "_shards": { "total": shards, "successful": shards, "skipped": 0, "failed": 0 },
        "hits": shown(&scopes, search, &hits, total),
    });
    if let Some(collector) = collector {
        answer["aggregations"] =
            collector.finish(&scopes).map_err(|cause| failed_phase(cause, &scopes))?;
    }
    Ok(answer)
}

type Collected<'s> = (Vec<Hit>, u64, Option<Collector<'s>>);

fn collect<'s>(scopes: &[Scope<'_>], search: &'s Search) -> Result<Collected<'s>, Failure> {
    let mut collector = search.aggregations.as_ref().map(Collector::new);
    let mut hits = Vec::new();
    let mut total = 0;
    for (place, scope) in scopes.iter().enumerate() {
        check(scope.index, search)?;
        let plain =
            search.query.is_match_all() && collector.is_none() && search.min_score.is_none();
        if plain && (search.sort.is_empty() || search.size == 0) && search.after.is_none() {
            total += scope.view.live.count();
            let wanted = (search.from + search.size).saturating_sub(hits.len());
            let slots = scope.view.live.iter().take(wanted);
            hits.extend(slots.map(|slot| Hit { index: place, slot, score: 1.0, keys: Vec::new() }));
            continue;
        }
        let mapping = scope.index.mapping();
        let mut rows = collector
            .as_mut()
            .map(|collector| collector.index(place, scope.context()))
            .transpose()?;
        matching(scope, &search.query, &mut |doc, score| {
            if search.min_score.is_some_and(|least| score < least) {
                return;
            }
            total += 1;
            if let Some(rows) = &mut rows {
                rows.add(doc);
            }
            if search.size > 0 {
                let keys = search.sort.iter().map(|sort| sort.key(mapping, doc, score)).collect();
                hits.push(Hit { index: place, slot: doc.slot, score, keys });
            }
        })?;
    }
    order(&mut hits, search, scopes);
    Ok((hits, total, collector))
}

fn check(index: &Index, search: &Search) -> Result<(), Failure> {
    let window = index.settings.max_result_window();
    let wanted = (search.from + search.size) as u64;
    if wanted > window {
        return Err(Failure::illegal_argument(format!(
            "Result window is too large, from + size must be less than or equal to: [{window}] but \
             was [{wanted}]. See the scroll api for a more efficient way to request large data \
             sets. This limit can be set by changing the [index.max_result_window] index level \
             setting."
        )));
    }
    search.sort.iter().try_for_each(|sort| sort.check(index.mapping()))
}

/// Sorts hits, drops those up to `search_after`, and keeps the page.
fn order(hits: &mut Vec<Hit>, search: &Search, scopes: &[Scope<'_>]) {
    let compare = |a: &[Key], b: &[Key]| {
        let pairs = search.sort.iter().zip(a.iter().zip(b));
        pairs.map(|(sort, (a, b))| sort.compare(a, b)).find(|order| order.is_ne())
    };
    if search.sort.is_empty() {
        hits.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then((a.index, a.slot).cmp(&(b.index, b.slot)))
        });
    } else {
        hits.sort_by(|a, b| {
            let keys = compare(&a.keys, &b.keys);
            keys.unwrap_or_else(|| (a.index, a.slot).cmp(&(b.index, b.slot)))
        });
    }
    if let Some(after) = &search.after {
        let mapping = scopes.first().map(|scope| scope.index.mapping());
        let keys: Vec<Key> = search
            .sort
            .iter()
            .zip(after)
            .map(|(sort, value)| sort.key_of(value, mapping))
            .collect();
        hits.retain(|hit| compare(&hit.keys, &keys) == Some(std::cmp::Ordering::Greater));
    }
    hits.drain(..search.from.min(hits.len()));
    hits.truncate(search.size);
}

fn shown(scopes: &[Scope<'_>], search: &Search, hits: &[Hit], total: u64) -> Value {
    let scored = search.is_scored();
    let best = hits
        .iter()
        .map(|hit| hit.score)
        .fold(None, |best: Option<f64>, score| Some(best.map_or(score, |best| best.max(score))));
    let list: Vec<Value> = hits.iter().map(|hit| one(scopes, search, hit, scored)).collect();
    let mut out = Map::new();
    match search.total {
        TotalHits::Off => {}
        TotalHits::UpTo(most) if total > most => {
            out.insert("total".to_owned(), json!({ "value": most, "relation": "gte" }));
        }
        _ => {
            out.insert("total".to_owned(), json!({ "value": total, "relation": "eq" }));
        }
    }
    // Without any index, nothing was looked at and the best score is that of nothing.
    let best = if scopes.is_empty() { Some(0.0) } else { best.filter(|_| scored) };
    out.insert("max_score".to_owned(), json!(best));
    out.insert("hits".to_owned(), Value::Array(list));
    Value::Object(out)
}

fn one(scopes: &[Scope<'_>], search: &Search, hit: &Hit, scored: bool) -> Value {
    let index = scopes[hit.index].index;
    let entry = index.documents().at(hit.slot);
    let mut out = Map::new();
    out.insert("_index".to_owned(), json!(index.name));
    out.insert("_id".to_owned(), json!(entry.id));
    if search.version {
        out.insert("_version".to_owned(), json!(entry.version));
    }
    if search.seq_no {
        out.insert("_seq_no".to_owned(), json!(entry.seq_no));
        out.insert("_primary_term".to_owned(), json!(1));
    }
    out.insert("_score".to_owned(), if scored { json!(hit.score) } else { Value::Null });
    let source = serde_json::from_slice(entry.source).unwrap_or_default();
    if let Some(source) = search.source.apply(source) {
        out.insert("_source".to_owned(), source);
    }
    if !search.sort.is_empty() {
        let keys = search.sort.iter().zip(&hit.keys);
        let keys: Vec<Value> = keys.map(|(sort, key)| sort.shown(index.mapping(), key)).collect();
        out.insert("sort".to_owned(), Value::Array(keys));
    }
    Value::Object(out)
}

/// The error of a search whose shards failed; of several indices it tells the first.
fn failed_phase(cause: Failure, scopes: &[Scope<'_>]) -> Failure {
    let index = scopes.first().map(|scope| scope.index);
    all_shards_failed(cause, index)
}

/// The error of a search whose shards failed, those of `index`.
pub(in super::super) fn all_shards_failed(mut cause: Failure, index: Option<&Index>) -> Failure {
    let status = cause.status();
    let of_query = cause.kind() == "query_shard_exception";
    if let (true, Some(index)) = (of_query, index) {
        cause = cause.with("index", index.name.as_str()).with("index_uuid", index.uuid.as_str());
    }
    let name = index.map(|index| index.name.as_str());
    let shard = json!({ "shard": 0, "index": name, "node": "node-1", "reason": cause.detail() });
    let failed = Failure::new(status, "search_phase_execution_exception", "all shards failed")
        .rooted(vec![cause.clone()])
        .with("phase", "query")
        .with("grouped", true)
        .with("failed_shards", json!([shard]));
    // What is none of OpenSearch's own exceptions is told twice: wrapped, and as it was thrown.
    if of_query { failed.because(cause) } else { failed.because(cause.clone().because(cause)) }
}

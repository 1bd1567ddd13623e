use super::*;

fn aggregate(aggregations: &Value) -> Value {
    let mut site = Site::new();
    site.fill("logs", &flows());
    let body = json!({ "size": 0, "aggs": aggregations });
    site.ok(Method::POST, "/logs/_search", &body)["aggregations"].clone()
}

#[test]
fn terms_count_and_order_their_buckets() {
    let made = aggregate(&json!({ "a": {
        "terms": { "field": "action.keyword" },
        "aggs": { "sum": { "sum": { "field": "bytes" } } },
    } }));
    assert_eq!(
        made["a"],
        json!({
            "doc_count_error_upper_bound": 0, "sum_other_doc_count": 0,
            "buckets": [
                { "key": "ACCEPT", "doc_count": 3, "sum": { "value": 2660.0 } },
                { "key": "REJECT", "doc_count": 2, "sum": { "value": 40.0 } },
            ],
        })
    );
    let one = aggregate(&json!({ "p": { "terms": { "field": "dstport", "size": 1 } } }));
    assert_eq!(one["p"]["buckets"], json!([{ "key": 22, "doc_count": 2 }]));
    assert_eq!(one["p"]["sum_other_doc_count"], 3);
    let by_key = aggregate(
        &json!({ "p": { "terms": { "field": "dstport", "order": { "_key": "desc" } } } }),
    );
    let keys: Vec<_> = by_key["p"]["buckets"]
        .as_array()
        .expect("buckets")
        .iter()
        .map(|b| b["key"].clone())
        .collect();
    assert_eq!(keys, [443, 53, 22]);
    let by_sum = aggregate(&json!({ "p": {
        "terms": { "field": "dstport", "order": { "most": "desc" } },
        "aggs": { "most": { "max": { "field": "bytes" } } },
    } }));
    assert_eq!(by_sum["p"]["buckets"][0]["key"], 443);
    let left = aggregate(
        &json!({ "p": { "terms": { "field": "bytes", "missing": 0, "include": ["0", "40"] } } }),
    );
    assert_eq!(left["p"]["buckets"].as_array().map(Vec::len), Some(2));
}

#[test]
fn histograms_fill_their_gaps() {
    let made = aggregate(
        &json!({ "d": { "date_histogram": { "field": "start", "calendar_interval": "day" } } }),
    );
    assert_eq!(
        made["d"]["buckets"],
        json!([
            { "key_as_string": "2026-01-01T00:00:00.000Z", "key": 1_767_225_600_000_i64, "doc_count": 3 },
            { "key_as_string": "2026-01-02T00:00:00.000Z", "key": 1_767_312_000_000_i64, "doc_count": 1 },
            { "key_as_string": "2026-01-03T00:00:00.000Z", "key": 1_767_398_400_000_i64, "doc_count": 1 },
        ])
    );
    let hours = aggregate(
        &json!({ "d": { "date_histogram": { "field": "start", "fixed_interval": "1h" } } }),
    );
    assert_eq!(hours["d"]["buckets"].as_array().map(Vec::len), Some(49));
    let some = aggregate(
        &json!({ "d": { "date_histogram": { "field": "start", "fixed_interval": "1h", "min_doc_count": 1 } } }),
    );
    assert_eq!(some["d"]["buckets"].as_array().map(Vec::len), Some(4));
    let numbers = aggregate(
        &json!({ "h": { "histogram": { "field": "bytes", "interval": 50, "min_doc_count": 1 } } }),
    );
    assert_eq!(
        numbers["h"]["buckets"],
        json!([
            { "key": 0.0, "doc_count": 1 }, { "key": 50.0, "doc_count": 1 },
            { "key": 100.0, "doc_count": 1 }, { "key": 2500.0, "doc_count": 1 },
        ])
    );
}

#[test]
fn metrics_are_those_of_all_values() {
    let made = aggregate(&json!({
        "stats": { "stats": { "field": "bytes" } },
        "ips": { "cardinality": { "field": "srcaddr.keyword" } },
        "count": { "value_count": { "field": "bytes" } },
        "last": { "max": { "field": "start" } },
        "nothing": { "avg": { "field": "unmapped" } },
        "median": { "percentiles": { "field": "bytes", "percents": [50] } },
    }));
    assert_eq!(
        made["stats"],
        json!({ "count": 4, "min": 40.0, "max": 2500.0, "avg": 675.0, "sum": 2700.0 })
    );
    assert_eq!(made["ips"], json!({ "value": 4 }));
    assert_eq!(made["count"], json!({ "value": 4 }));
    assert_eq!(made["last"]["value_as_string"], "2026-01-03T00:00:00.000Z");
    assert_eq!(made["nothing"], json!({ "value": null }));
    assert_eq!(made["median"], json!({ "values": { "50.0": 80.0 } }));
}

#[test]
fn ranges_filters_and_the_missing_make_buckets() {
    let made = aggregate(&json!({
        "r": { "range": { "field": "bytes", "ranges": [{ "to": 60 }, { "from": 60, "to": 1000, "key": "mid" }, { "from": 1000 }] } },
        "f": { "filter": { "term": { "dstport": 22 } }, "aggs": { "n": { "value_count": { "field": "bytes" } } } },
        "fs": { "filters": { "filters": { "web": { "term": { "dstport": 443 } } } } },
        "m": { "missing": { "field": "bytes" } },
        "t": { "top_hits": { "size": 1, "_source": ["bytes"] } },
    }));
    assert_eq!(
        made["r"]["buckets"],
        json!([
            { "key": "*-60.0", "to": 60.0, "doc_count": 1 },
            { "key": "mid", "from": 60.0, "to": 1000.0, "doc_count": 2 },
            { "key": "1000.0-*", "from": 1000.0, "doc_count": 1 },
        ])
    );
    assert_eq!(made["f"], json!({ "doc_count": 2, "n": { "value": 1 } }));
    assert_eq!(made["fs"]["buckets"], json!({ "web": { "doc_count": 2 } }));
    assert_eq!(made["m"], json!({ "doc_count": 1 }));
    assert_eq!(made["t"]["hits"]["hits"][0]["_source"], json!({ "bytes": 100 }));
}

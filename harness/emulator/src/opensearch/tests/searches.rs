use super::*;

fn site() -> Site {
    let mut site = Site::new();
    site.fill("logs", &flows());
    site
}

#[test]
fn queries_find_what_they_ask_for() {
    let mut site = site();
    for (query, ids) in [
        (json!({ "match_all": {} }), vec!["1", "2", "3", "4", "5"]),
        (json!({ "match_none": {} }), vec![]),
        (json!({ "term": { "action.keyword": "ACCEPT" } }), vec!["1", "3", "4"]),
        (json!({ "term": { "action": "ACCEPT" } }), vec![]),
        (json!({ "term": { "action": "accept" } }), vec!["1", "3", "4"]),
        (
            json!({ "term": { "action.keyword": { "value": "accept", "case_insensitive": true } } }),
            vec!["1", "3", "4"],
        ),
        (json!({ "term": { "dstport": "443" } }), vec!["1", "3"]),
        (json!({ "terms": { "dstport": [22, 53] } }), vec!["2", "4", "5"]),
        (json!({ "match": { "action": "Reject nothing" } }), vec!["2", "5"]),
        (
            json!({ "match": { "action": { "query": "reject nothing", "operator": "and" } } }),
            vec![],
        ),
        (json!({ "match": { "dstport": 53 } }), vec!["4"]),
        (json!({ "range": { "bytes": { "gt": 60, "lte": 2500 } } }), vec!["1", "3"]),
        (
            json!({ "range": { "start": { "gte": "2026-01-01T00:10:00Z", "lt": "2026-01-02" } } }),
            vec!["2", "3"],
        ),
        (json!({ "range": { "start": { "lte": "2026-01-01" } } }), vec!["1", "2", "3"]),
        (json!({ "range": { "start": { "gt": "2026-01-01||/d" } } }), vec!["4", "5"]),
        (json!({ "range": { "start": { "gte": "now+1d/d" } } }), vec!["4", "5"]),
        (json!({ "term": { "start": "2026-01-01" } }), vec!["1", "2", "3"]),
        (json!({ "exists": { "field": "bytes" } }), vec!["1", "2", "3", "4"]),
        (json!({ "ids": { "values": ["5", "1", "9"] } }), vec!["1", "5"]),
        (json!({ "prefix": { "srcaddr.keyword": "10.0." } }), vec!["1", "2", "3", "5"]),
        (json!({ "wildcard": { "srcaddr.keyword": "10.0.?.1" } }), vec!["1", "5"]),
        (json!({ "wildcard": { "srcaddr.keyword": { "value": "*.9" } } }), vec!["4"]),
        (json!({ "regexp": { "srcaddr.keyword": "10\\.0\\.[01]\\.[23]" } }), vec!["2", "3"]),
        (json!({ "term": { "unmapped": "x" } }), vec![]),
        (
            json!({ "bool": { "must": { "term": { "dstport": 22 } }, "must_not": [{ "exists": { "field": "bytes" } }] } }),
            vec!["5"],
        ),
        (
            json!({ "bool": { "should": [{ "term": { "dstport": 53 } }, { "term": { "bytes": 40 } }] } }),
            vec!["2", "4"],
        ),
        (
            json!({ "bool": { "filter": { "term": { "dstport": 443 } }, "should": { "term": { "bytes": 2500 } } } }),
            vec!["3", "1"],
        ),
        (
            json!({ "bool": { "should": [{ "term": { "dstport": 22 } }, { "term": { "bytes": 40 } }], "minimum_should_match": 2 } }),
            vec!["2"],
        ),
        (json!({ "query_string": { "query": "dstport:443 AND bytes:>1000" } }), vec!["3"]),
        (json!({ "query_string": { "query": "action:REJECT AND NOT _exists_:bytes" } }), vec!["5"]),
        (
            json!({ "query_string": { "query": "dstport:[22 TO 53} OR srcaddr.keyword:192*" } }),
            vec!["2", "4", "5"],
        ),
        (
            json!({ "query_string": { "query": "(dstport:22 OR dstport:53) AND action:accept" } }),
            vec!["4"],
        ),
        (
            json!({ "query_string": { "query": "-dstport:443", "default_operator": "and" } }),
            vec!["2", "4", "5"],
        ),
    ] {
        assert_eq!(site.ids("logs", &query), ids, "{query}");
    }
}

#[test]
fn phrases_keep_the_order_of_their_words() {
    let mut site = Site::new();
    site.fill("m", &[json!({ "t": "the quick brown fox" }), json!({ "t": "brown and quick" })]);
    for (query, ids) in [
        (json!({ "match_phrase": { "t": "Quick Brown" } }), vec!["1"]),
        (json!({ "match_phrase": { "t": { "query": "quick fox", "slop": 1 } } }), vec!["1"]),
        (json!({ "match_phrase_prefix": { "t": "quick br" } }), vec!["1"]),
        (json!({ "multi_match": { "query": "quick", "fields": ["t^2", "u"] } }), vec!["1", "2"]),
        (json!({ "query_string": { "query": "\"brown and\"", "default_field": "t" } }), vec!["2"]),
    ] {
        assert_eq!(site.ids("m", &query), ids, "{query}");
    }
}

#[test]
fn what_is_no_query_is_refused_in_opensearchs_words() {
    let mut site = site();
    let search = |site: &mut Site, body: Value| site.refused(Method::POST, "/logs/_search", &body);
    for (body, kind, reason) in [
        (json!({ "query": { "foo": {} } }), "parsing_exception", "unknown query [foo]"),
        (
            json!({ "query": { "term": { "a": 1, "b": 2 } } }),
            "parsing_exception",
            "[term] query doesn't support multiple fields, found [a] and [b]",
        ),
        (
            json!({ "query": { "nested": {} } }),
            "illegal_argument_exception",
            "not part of this emulation",
        ),
        (
            json!({ "query": { "term": { "dstport": "abc" } } }),
            "search_phase_execution_exception",
            "all shards failed",
        ),
        (json!({ "size": 10_001 }), "search_phase_execution_exception", "all shards failed"),
        (json!({ "sort": "nothing" }), "search_phase_execution_exception", "all shards failed"),
        (json!({ "sort": "action" }), "search_phase_execution_exception", "all shards failed"),
        (
            json!({ "aggs": { "a": { "terms": { "field": "action" } } } }),
            "search_phase_execution_exception",
            "all shards failed",
        ),
        (json!({ "nonsense": 1 }), "parsing_exception", "[nonsense]"),
    ] {
        let (status, found, told) = search(&mut site, body.clone());
        assert_eq!((status, found.as_str()), (400, kind), "{body}: {told}");
        assert!(told.contains(reason), "{body}: {told}");
    }
    let (_, answer) = site.send(Method::POST, "/logs/_search", "{\"size\":10001}");
    let cause = answer["error"]["root_cause"][0]["reason"].as_str().unwrap_or_default();
    assert!(cause.starts_with(
        "Result window is too large, from + size must be less than or equal to: [10000]"
    ));
}

#[test]
fn hits_are_sorted_paged_and_cut_to_their_source() {
    let mut site = site();
    let body = json!({
        "query": { "match_all": {} }, "size": 2, "from": 1,
        "sort": [{ "bytes": "desc" }], "_source": ["bytes"],
    });
    let answer = site.ok(Method::POST, "/logs/_search", &body);
    assert_eq!(answer["hits"]["total"], json!({ "value": 5, "relation": "eq" }));
    assert_eq!(answer["hits"]["max_score"], Value::Null);
    let first = &answer["hits"]["hits"][0];
    assert_eq!(first["_id"], "1");
    assert_eq!(first["_source"], json!({ "bytes": 100 }));
    assert_eq!(first["sort"], json!([100]));
    let all = site.ok(
        Method::POST,
        "/logs/_search",
        &json!({ "sort": [{ "bytes": { "order": "asc" } }] }),
    );
    assert_eq!(ids_of(&all), ["2", "4", "1", "3", "5"], "a missing value is last");
    let after = json!({ "sort": ["start"], "search_after": [1_767_225_600_000_i64], "size": 2 });
    let after = site.ok(Method::POST, "/logs/_search", &after);
    assert_eq!(ids_of(&after), ["2", "3"]);
    let few = site.ok(Method::POST, "/logs/_search", &json!({ "track_total_hits": 2 }));
    assert_eq!(few["hits"]["total"], json!({ "value": 2, "relation": "gte" }));
    let by_url = site.get("/logs/_search?q=dstport:22&sort=bytes:desc&size=1");
    assert_eq!(ids_of(&by_url), ["2"]);
}

#[test]
fn several_searches_answer_in_their_order() {
    let mut site = site();
    let body =
        "{\"index\":\"logs\"}\n{\"query\":{\"term\":{\"dstport\":22}}}\n{\"index\":\"none\"}\n{}\n";
    let (_, answer) = site.send(Method::POST, "/_msearch", body);
    assert_eq!(ids_of(&answer["responses"][0]), ["2", "5"]);
    assert_eq!(answer["responses"][1]["status"], 404);
}

#[test]
fn patterns_of_indices_are_searched_together() {
    let mut site = site();
    site.fill("logs-2", &flows()[..1]);
    assert_eq!(site.get("/logs*/_count")["count"], 6);
    assert_eq!(site.get("/logs*,-logs-2/_count")["count"], 5);
    assert_eq!(site.get("/nothing*/_count")["count"], 0);
    assert_eq!(site.get("/_count")["count"], 6);
    assert_eq!(site.send(Method::GET, "/nothing/_count", "").0, 404);
    assert_eq!(site.get("/nothing,logs/_count?ignore_unavailable=true")["count"], 5);
}

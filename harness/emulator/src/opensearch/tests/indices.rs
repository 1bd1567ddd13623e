use super::*;

#[test]
fn the_root_tells_what_it_is() {
    let mut site = Site::new();
    let root = site.get("/");
    assert_eq!(root["tagline"], "The OpenSearch Project: https://opensearch.org/");
    assert_eq!(root["version"]["distribution"], "opensearch");
    assert_eq!(site.send(Method::HEAD, "/", "").0, 200);
}

#[test]
fn indices_are_made_shown_and_deleted() {
    let mut site = Site::new();
    let body = json!({
        "settings": { "number_of_shards": 2, "number_of_replicas": 0 },
        "mappings": { "properties": { "a": { "type": "keyword" } } },
        "aliases": { "other": {} },
    });
    let made = site.ok(Method::PUT, "/logs", &body);
    assert_eq!(made, json!({ "acknowledged": true, "shards_acknowledged": true, "index": "logs" }));
    let shown = site.get("/logs");
    assert_eq!(shown["logs"]["settings"]["index"]["number_of_shards"], "2");
    assert_eq!(shown["logs"]["mappings"]["properties"]["a"]["type"], "keyword");
    assert_eq!(shown["logs"]["aliases"], json!({ "other": {} }));
    let (status, kind, reason) = site.refused(Method::PUT, "/logs", &Value::Null);
    assert_eq!((status, kind.as_str()), (400, "resource_already_exists_exception"));
    assert!(reason.starts_with("index [logs/") && reason.ends_with("] already exists"), "{reason}");
    assert_eq!(site.send(Method::HEAD, "/logs", "").0, 200);
    assert_eq!(site.ok(Method::DELETE, "/logs", &Value::Null), json!({ "acknowledged": true }));
    assert_eq!(site.send(Method::HEAD, "/logs", "").0, 404);
}

#[test]
fn errors_are_those_of_the_captures() {
    let mut site = Site::new();
    let (status, answer) = site.send(Method::GET, "/nothing/_search", "");
    assert_eq!(status, 404);
    let error = &answer["error"];
    assert_eq!(error["type"], "index_not_found_exception");
    assert_eq!(error["reason"], "no such index [nothing]");
    assert_eq!(error["resource.type"], "index_or_alias");
    assert_eq!(error["index_uuid"], "_na_");
    assert_eq!(error["root_cause"][0]["type"], "index_not_found_exception");
    let (status, kind, reason) = site.refused(Method::PUT, "/Logs", &Value::Null);
    assert_eq!((status, kind.as_str()), (400, "invalid_index_name_exception"));
    assert_eq!(reason, "Invalid index name [Logs], must be lowercase");
    let (status, answer) = site.send(Method::GET, "/_nowhere/at/all", "");
    assert_eq!(status, 400);
    assert_eq!(answer["error"], "no handler found for uri [/_nowhere/at/all] and method [GET]");
    let mut request = HttpRequest::new(Method::POST, "/i/_doc", "a=b");
    request.content_type = Some("text/plain".to_owned());
    let answer = site.engine.handle(site.now, &request);
    assert_eq!(answer.status, 406);
}

#[test]
fn mappings_grow_by_documents_and_hold_them() {
    let mut site = Site::new();
    site.fill("logs", &flows());
    let mapping = site.get("/logs/_mapping");
    let properties = &mapping["logs"]["mappings"]["properties"];
    assert_eq!(properties["dstport"], json!({ "type": "long" }));
    assert_eq!(properties["start"], json!({ "type": "date" }));
    assert_eq!(
        properties["action"],
        json!({ "type": "text", "fields": { "keyword": { "type": "keyword", "ignore_above": 256 } } })
    );
    let (status, kind, reason) =
        site.refused(Method::PUT, "/logs/_doc/9", &json!({ "dstport": "abc" }));
    assert_eq!((status, kind.as_str()), (400, "mapper_parsing_exception"));
    assert_eq!(
        reason,
        "failed to parse field [dstport] of type [long] in document with id '9'. Preview of field's value: 'abc'"
    );
    let change = json!({ "properties": { "dstport": { "type": "keyword" } } });
    let (status, _, reason) = site.refused(Method::PUT, "/logs/_mapping", &change);
    assert_eq!(status, 400);
    assert_eq!(reason, "mapper [dstport] cannot be changed from type [long] to [keyword]");
}

#[test]
fn templates_give_new_indices_their_mappings() {
    let mut site = Site::new();
    let template = json!({
        "index_patterns": ["logs-*"],
        "priority": 5,
        "template": { "mappings": { "properties": { "ip": { "type": "ip" } } } },
    });
    site.ok(Method::PUT, "/_index_template/logs", &template);
    site.fill("logs-2026", &[json!({ "ip": "10.0.0.1" })]);
    let mapping = site.get("/logs-2026/_mapping");
    assert_eq!(mapping["logs-2026"]["mappings"]["properties"]["ip"]["type"], "ip");
    assert_eq!(site.ids("logs-2026", &json!({ "term": { "ip": "10.0.0.0/8" } })), ["1"]);
    let shown = site.get("/_index_template/logs");
    assert_eq!(shown["index_templates"][0]["name"], "logs");
}

#[test]
fn aliases_stand_for_their_indices() {
    let mut site = Site::new();
    site.fill("a", &[json!({ "n": 1 })]);
    site.fill("b", &[json!({ "n": 2 })]);
    let actions = json!({ "actions": [
        { "add": { "indices": ["a", "b"], "alias": "both" } },
        { "add": { "index": "b", "alias": "write", "is_write_index": true } },
    ] });
    site.ok(Method::POST, "/_aliases", &actions);
    assert_eq!(site.get("/both/_count")["count"], 2);
    site.ok(Method::POST, "/write/_doc?refresh=true", &json!({ "n": 3 }));
    assert_eq!(site.get("/b/_count")["count"], 2);
    let (status, _, reason) = site.refused(Method::POST, "/both/_doc", &json!({ "n": 4 }));
    assert_eq!(status, 400);
    assert!(reason.starts_with("no write index is defined for alias [both]"), "{reason}");
}

#[test]
fn cat_and_health_tell_what_is_there() {
    let mut site = Site::new();
    site.fill("logs-1", &flows());
    let rows = site.get("/_cat/indices?format=json");
    assert_eq!(rows[0]["index"], "logs-1");
    assert_eq!(rows[0]["docs.count"], "5");
    assert_eq!(rows[0]["health"], "yellow");
    let text = site
        .engine
        .handle(site.now, &HttpRequest::new(Method::GET, "/_cat/indices?v&h=index,docs.count", ""));
    assert_eq!(text.body, "index  docs.count\nlogs-1          5\n");
    let health = site.get("/_cluster/health");
    assert_eq!((&health["status"], &health["unassigned_shards"]), (&json!("yellow"), &json!(1)));
    assert_eq!(site.send(Method::GET, "/_cluster/health?wait_for_status=green", "").0, 408);
    site.ok(Method::PUT, "/logs-1/_settings", &json!({ "index": { "number_of_replicas": 0 } }));
    assert_eq!(site.get("/_cluster/health")["status"], "green");
}

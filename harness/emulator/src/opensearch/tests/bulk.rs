use super::*;

#[test]
fn items_come_in_the_order_of_their_actions() {
    let mut site = Site::new();
    let body = "{\"index\":{\"_id\":\"1\"}}\n{\"a\":1}\n\
                {\"create\":{\"_id\":\"1\"}}\n{\"a\":2}\n\
                {\"update\":{\"_id\":\"1\"}}\n{\"doc\":{\"b\":3}}\n\
                {\"delete\":{\"_id\":\"2\"}}\n\
                {\"index\":{\"_index\":\"other\"}}\n{\"a\":\"x\"}\n\
                {\"index\":{\"_id\":\"3\"}}\n{\"a\":\"no number\"}\n\
                {\"index\":{\"_id\":\"4\"}}\nnonsense\n";
    let (status, answer) = site.send(Method::POST, "/logs/_bulk", body);
    assert_eq!((status, &answer["errors"]), (200, &json!(true)));
    let items = answer["items"].as_array().expect("items");
    let told = |place: usize, verb: &str, name: &str| items[place][verb][name].clone();
    assert_eq!(told(0, "index", "status"), 201);
    assert_eq!(told(0, "index", "_shards"), json!({ "total": 2, "successful": 1, "failed": 0 }));
    assert_eq!(told(1, "create", "status"), 409);
    assert_eq!(told(1, "create", "error")["type"], "version_conflict_engine_exception");
    assert_eq!(told(2, "update", "result"), "updated");
    assert_eq!(told(2, "update", "_version"), 2);
    assert_eq!(told(3, "delete", "status"), 404);
    assert_eq!(told(4, "index", "_index"), "other");
    assert_eq!(told(4, "index", "_id").as_str().map(str::len), Some(20));
    assert_eq!(told(5, "index", "error")["type"], "mapper_parsing_exception");
    assert_eq!(told(6, "index", "error")["type"], "mapper_parsing_exception");
    assert_eq!(told(6, "index", "error")["reason"], "failed to parse");
    assert_eq!(site.get("/logs/_doc/1")["_source"], json!({ "a": 1, "b": 3 }));
}

#[test]
fn a_malformed_action_line_refuses_all() {
    for (body, reason) in [
        ("", "request body is required"),
        ("{\"index\":{}}\n{\"a\":1}", "The bulk request must be terminated by a newline [\\n]"),
        (
            "[]\n{}\n",
            "Malformed action/metadata line [1], expected START_OBJECT but found [START_ARRAY]",
        ),
        (
            "{\"index\":{}}\n{}\n{\"put\":{}}\n{}\n",
            "Malformed action/metadata line [3], expected one of [create, delete, index, update] but found [put]",
        ),
        (
            "{\"index\":{\"_type\":\"_doc\"}}\n{}\n",
            "Action/metadata line [1] contains an unknown parameter [_type]",
        ),
        // A source with a raw newline: its tail is the next action.
        ("{\"index\":{}}\n{\"a\":\n1}\n", ""),
    ] {
        let mut site = Site::new();
        let (status, answer) = site.send(Method::POST, "/logs/_bulk", body);
        assert_eq!(status, 400, "{body}: {answer}");
        let told = answer["error"]["reason"].as_str().unwrap_or_default();
        assert!(told.contains(reason), "{body}: {told}");
        assert_eq!(site.send(Method::HEAD, "/logs", "").0, 404, "{body}: nothing is written");
    }
}

#[test]
fn an_explicit_index_may_be_forbidden() {
    let mut site = Site::new();
    site.engine.set_allow_explicit_index(false);
    let body = "{\"index\":{\"_index\":\"other\"}}\n{}\n";
    assert_eq!(site.send(Method::POST, "/logs/_bulk", body).0, 400);
    assert_eq!(site.send(Method::POST, "/other/_bulk", body).0, 200);
}

#[test]
fn searches_see_a_write_after_the_next_refresh_and_gets_at_once() {
    let mut site = Site::new();
    site.fill("logs", &[json!({ "a": 1 })]);
    site.get("/logs/_count");
    site.ok(Method::PUT, "/logs/_doc/2", &json!({ "a": 2 }));
    assert_eq!(site.get("/logs/_count")["count"], 1);
    assert_eq!(site.get("/logs/_doc/2")["found"], true);
    site.now = site.now.plus_s(2);
    assert_eq!(site.get("/logs/_count")["count"], 2);
    site.engine.set_visibility(crate::opensearch::Visibility::Immediate);
    site.ok(Method::PUT, "/logs/_doc/3", &json!({ "a": 3 }));
    assert_eq!(site.get("/logs/_count")["count"], 3);
}

#[test]
fn an_unavailable_domain_says_so() {
    let mut site = Site::new();
    site.engine.set_availability(crate::opensearch::Availability::Unavailable(429));
    let (status, kind, _) = site.refused(Method::GET, "/_cat/indices", &Value::Null);
    assert_eq!((status, kind.as_str()), (429, "rejected_execution_exception"));
}

#[test]
fn documents_are_read_written_and_deleted_one_by_one() {
    let mut site = Site::new();
    let made = site.ok(Method::PUT, "/logs/_doc/1", &json!({ "a": 1 }));
    assert_eq!((&made["result"], &made["_version"]), (&json!("created"), &json!(1)));
    assert_eq!(site.refused(Method::PUT, "/logs/_create/1", &json!({ "a": 1 })).0, 409);
    assert_eq!(
        site.refused(Method::PUT, "/logs/_doc/1?if_seq_no=7&if_primary_term=1", &json!({})).0,
        409
    );
    let updated = site.ok(Method::POST, "/logs/_update/1", &json!({ "doc": { "a": 1 } }));
    assert_eq!(updated["result"], "noop");
    assert_eq!(
        site.refused(Method::POST, "/logs/_update/9", &json!({ "doc": {} })).1,
        "document_missing_exception"
    );
    let many = site.ok(Method::POST, "/logs/_mget", &json!({ "ids": ["1", "2"] }));
    assert_eq!(
        (&many["docs"][0]["found"], &many["docs"][1]["found"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(site.ok(Method::DELETE, "/logs/_doc/1", &Value::Null)["result"], "deleted");
    let (status, answer) = site.send(Method::GET, "/logs/_doc/1", "");
    assert_eq!((status, answer), (404, json!({ "_index": "logs", "_id": "1", "found": false })));
}

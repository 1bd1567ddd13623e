//! Buses, their policies, and events of users.

use serde_json::json;

use super::{group_arn, guide_policy, site};

#[test]
fn events_of_users_are_taken_one_by_one() {
    let mut site = site();
    let good = json!({ "Source": "app", "DetailType": "t", "Detail": "{}" });
    let with = |name: &str, value: &str| {
        let mut entry = good.clone();
        entry[name] = json!(value);
        entry
    };
    let entries = json!({ "Entries": [good, with("Source", ""), with("Detail", "[1]"),
        with("Source", "aws.ec2"), with("EventBusName", "nowhere")] });
    let answer = site.ok(1, "PutEvents", &entries);
    assert_eq!(answer["FailedEntryCount"], 3);
    let codes: Vec<_> = (0..5).map(|n| answer["Entries"][n]["ErrorCode"].as_str()).collect();
    assert_eq!(
        codes,
        [
            None,
            Some("InvalidArgument"),
            Some("MalformedDetail"),
            Some("NotAuthorizedForSourceException"),
            None
        ]
    );
    site.fails(1, "PutEvents", &json!({ "Entries": [] }), "ValidationException");
    site.fails(
        1,
        "PutEvents",
        &json!({ "Entries": vec![good.clone(); 11] }),
        "ValidationException",
    );
    let large = with("Detail", &json!({ "a": "x".repeat(262_144) }).to_string());
    let text = site.fails(1, "PutEvents", &json!({ "Entries": [large] }), "ValidationException");
    assert_eq!(text, "Total size of the entries in the request is over the limit.");
}

#[test]
fn an_event_crosses_accounts_when_the_buss_policy_admits_the_sender() {
    let mut site = site();
    let master = "arn:aws:events:us-west-2:111111111111:event-bus/default";
    site.log_group(1, Some(guide_policy(1)));
    let rule = site.rule(1, "all", &json!({ "source": ["app"] }));
    site.ok(2, "PutRule", &json!({ "Name": "send", "EventPattern": r#"{"source": ["app"]}"# }));
    site.ok(2, "PutTargets", &json!({ "Rule": "send", "Targets": [{ "Id": "m", "Arn": master }] }));
    let event = json!({ "Entries": [{ "Source": "app", "DetailType": "t", "Detail": "{\"n\": 1}", "Time": 1767225600 }] });
    site.ok(2, "PutEvents", &event);
    assert_eq!(site.logged(1, &rule).len(), 0);
    let (status, _) = site.events(2, "PutEvents", &json!({ "Entries": [{ "Source": "app", "DetailType": "t", "Detail": "{}", "EventBusName": master }] }));
    assert_eq!(status, 400);
    site.ok(
        1,
        "PutPermission",
        &json!({ "StatementId": "m", "Action": "events:PutEvents", "Principal": "222222222222" }),
    );
    let policy =
        site.ok(1, "DescribeEventBus", &json!({}))["Policy"].as_str().expect("a policy").to_owned();
    assert!(policy.contains("arn:aws:iam::222222222222:root"), "{policy}");
    site.ok(2, "PutEvents", &event);
    let logged = site.logged(1, &rule);
    assert_eq!(logged.len(), 1);
    assert!(logged[0].starts_with(r#"{"version":"0","id":""#), "{}", logged[0]);
    assert!(logged[0].ends_with(r#""detail-type":"t","source":"app","account":"222222222222","time":"2026-01-01T00:00:00Z","region":"us-west-2","resources":[],"detail":{"n":1}}"#), "{}", logged[0]);
    site.ok(1, "RemovePermission", &json!({ "StatementId": "m" }));
    site.ok(2, "PutEvents", &event);
    assert_eq!(site.logged(1, &rule).len(), 1);
    site.fails(1, "RemovePermission", &json!({ "StatementId": "m" }), "ResourceNotFoundException");
}

#[test]
fn custom_buses_have_rules_of_their_own() {
    let mut site = site();
    let made = site.ok(1, "CreateEventBus", &json!({ "Name": "b" }));
    assert_eq!(made["EventBusArn"], "arn:aws:events:us-west-2:111111111111:event-bus/b");
    site.fails(1, "CreateEventBus", &json!({ "Name": "b" }), "ResourceAlreadyExistsException");
    site.fails(
        1,
        "CreateEventBus",
        &json!({ "Name": "default" }),
        "ResourceAlreadyExistsException",
    );
    site.log_group(1, Some(guide_policy(1)));
    let rule = site.ok(
        1,
        "PutRule",
        &json!({ "Name": "r", "EventBusName": "b", "EventPattern": r#"{"source": ["app"]}"# }),
    );
    let arn = "arn:aws:events:us-west-2:111111111111:rule/b/r";
    assert_eq!(rule["RuleArn"], arn);
    site.ok(1, "PutTargets", &json!({ "Rule": "r", "EventBusName": "b", "Targets": [{ "Id": "1", "Arn": group_arn(1) }] }));
    let entry = |bus: &str| json!({ "Entries": [{ "Source": "app", "DetailType": "t", "Detail": "{}", "EventBusName": bus }] });
    site.ok(1, "PutEvents", &entry("default"));
    assert_eq!(site.logged(1, arn).len(), 0);
    site.ok(1, "PutEvents", &entry("b"));
    assert_eq!(site.logged(1, arn).len(), 1);
    let names = site.ok(1, "ListEventBuses", &json!({}));
    assert_eq!(
        (names["EventBuses"][0]["Name"].as_str(), names["EventBuses"][1]["Name"].as_str()),
        (Some("b"), Some("default"))
    );
    site.fails(1, "DeleteEventBus", &json!({ "Name": "b" }), "ValidationException");
    site.ok(1, "RemoveTargets", &json!({ "Rule": "r", "EventBusName": "b", "Ids": ["1"] }));
    site.ok(1, "DeleteRule", &json!({ "Name": "r", "EventBusName": "b" }));
    site.ok(1, "DeleteEventBus", &json!({ "Name": "b" }));
    site.fails(1, "DescribeEventBus", &json!({ "Name": "b" }), "ResourceNotFoundException");
    site.fails(1, "DeleteEventBus", &json!({ "Name": "default" }), "ValidationException");
}

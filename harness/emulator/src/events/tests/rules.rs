//! Rules: what is stored, what is answered, what is refused.

use serde_json::json;

use super::{GROUP, group_arn, site};

#[test]
fn a_rule_is_made_described_listed_changed_and_deleted() {
    let mut site = site();
    let pattern = r#"{"source": ["aws.guardduty"]}"#;
    let made = site.ok(1, "PutRule", &json!({
        "Name": "gd", "EventPattern": pattern, "Description": "d", "Tags": [{"Key": "a", "Value": "b"}] }));
    let arn = "arn:aws:events:us-west-2:111111111111:rule/gd";
    assert_eq!(made, json!({ "RuleArn": arn }));
    assert_eq!(
        site.ok(1, "DescribeRule", &json!({ "Name": "gd" })),
        json!({ "Name": "gd", "Arn": arn, "EventPattern": pattern, "State": "ENABLED",
                "Description": "d", "EventBusName": "default", "CreatedBy": "111111111111" })
    );
    for (operation, state) in [("DisableRule", "DISABLED"), ("EnableRule", "ENABLED")] {
        site.ok(1, operation, &json!({ "Name": "gd" }));
        assert_eq!(site.ok(1, "DescribeRule", &json!({ "Name": "gd" }))["State"], state);
    }
    let target = json!({ "Id": "logs", "Arn": group_arn(1) });
    let put = site.ok(1, "PutTargets", &json!({ "Rule": "gd", "Targets": [target] }));
    assert_eq!(put, json!({ "FailedEntryCount": 0, "FailedEntries": [] }));
    let listed = site.ok(1, "ListTargetsByRule", &json!({ "Rule": "gd" }));
    assert_eq!(listed, json!({ "Targets": [target] }));
    let by_target = json!({ "TargetArn": group_arn(1) });
    assert_eq!(site.ok(1, "ListRuleNamesByTarget", &by_target), json!({ "RuleNames": ["gd"] }));
    let tags = json!({ "ResourceARN": arn });
    assert_eq!(site.ok(1, "ListTagsForResource", &tags)["Tags"][0]["Value"], "b");
    site.ok(1, "TagResource", &json!({ "ResourceARN": arn, "Tags": [{"Key": "c", "Value": "d"}] }));
    site.ok(1, "UntagResource", &json!({ "ResourceARN": arn, "TagKeys": ["a"] }));
    assert_eq!(
        site.ok(1, "ListTagsForResource", &tags),
        json!({ "Tags": [{"Key": "c", "Value": "d"}] })
    );
    let text = site.fails(1, "DeleteRule", &json!({ "Name": "gd" }), "ValidationException");
    assert_eq!(text, "Rule can't be deleted since it has targets.");
    let gone = site.ok(1, "RemoveTargets", &json!({ "Rule": "gd", "Ids": ["logs", "none"] }));
    assert_eq!(gone["FailedEntries"][0]["TargetId"], "none");
    site.ok(1, "DeleteRule", &json!({ "Name": "gd" }));
    site.ok(1, "DeleteRule", &json!({ "Name": "gd" }));
    let text = site.fails(1, "DescribeRule", &json!({ "Name": "gd" }), "ResourceNotFoundException");
    assert_eq!(text, "Rule gd does not exist on EventBus default.");
}

#[test]
fn what_is_no_rule_is_refused() {
    let mut site = site();
    let good = r#"{"a": [1]}"#;
    for (body, code, part) in [
        (json!({ "EventPattern": good }), "ValidationException", "Value null at 'name'"),
        (
            json!({ "Name": "a b", "EventPattern": good }),
            "ValidationException",
            r"[\.\-_A-Za-z0-9]+",
        ),
        (
            json!({ "Name": "a" }),
            "ValidationException",
            "EventPattern or ScheduleExpression must be specified",
        ),
        (
            json!({ "Name": "a", "EventPattern": "{" }),
            "InvalidEventPatternException",
            "Event pattern is not valid. Reason: ",
        ),
        (
            json!({ "Name": "a", "EventPattern": "{\"a\": \"b\"}" }),
            "InvalidEventPatternException",
            "must be an object or an array",
        ),
        (
            json!({ "Name": "a", "EventPattern": format!("{{\"a\": [\"{}\"]}}", "x".repeat(4_096)) }),
            "ValidationException",
            "less than or equal to 4096",
        ),
        (
            json!({ "Name": "a", "EventPattern": good, "State": "ON" }),
            "ValidationException",
            "enum value set: [ENABLED, DISABLED",
        ),
        (
            json!({ "Name": "a", "EventPattern": good, "EventBusName": "nope" }),
            "ResourceNotFoundException",
            "Event bus nope does not exist.",
        ),
        (
            json!({ "Name": "a", "ScheduleExpression": "rate(1 minutes)" }),
            "ValidationException",
            "Parameter ScheduleExpression is not valid.",
        ),
        (
            json!({ "Name": "a", "ScheduleExpression": "rate(1 minute)" }),
            "ValidationException",
            "does not fire schedules",
        ),
    ] {
        let text = site.fails(1, "PutRule", &body, code);
        assert!(text.contains(part), "{body}: {text}");
    }
    site.ok(
        1,
        "PutRule",
        &json!({ "Name": "s", "ScheduleExpression": "rate(1 minute)", "State": "DISABLED" }),
    );
    assert!(
        site.fails(1, "EnableRule", &json!({ "Name": "s" }), "ValidationException")
            .contains("fire")
    );
    site.world.settings.events.rules_per_bus = 2;
    site.ok(1, "PutRule", &json!({ "Name": "t", "EventPattern": good }));
    site.fails(
        1,
        "PutRule",
        &json!({ "Name": "u", "EventPattern": good }),
        "LimitExceededException",
    );
    let page = site.ok(1, "ListRules", &json!({ "Limit": 1 }));
    assert_eq!(page["Rules"][0]["Name"], "s");
    let next = site.ok(1, "ListRules", &json!({ "Limit": 1, "NextToken": page["NextToken"] }));
    assert_eq!((next["Rules"][0]["Name"].as_str(), next.get("NextToken")), (Some("t"), None));
    let none = site.ok(1, "ListRules", &json!({ "NamePrefix": "x" }));
    assert_eq!(none, json!({ "Rules": [] }));
}

#[test]
fn what_is_no_target_is_refused() {
    let mut site = site();
    site.ok(1, "PutRule", &json!({ "Name": "r", "EventPattern": r#"{"a": [1]}"# }));
    let group = group_arn(1);
    let foreign = format!("arn:aws:logs:us-west-2:222222222222:log-group:{GROUP}");
    let stream = "arn:aws:kinesis:us-west-2:111111111111:stream/s";
    for (target, part) in [
        (json!({ "Arn": group }), "Value null at 'targets.1.member.id'"),
        (json!({ "Id": "1" }), "Value null at 'targets.1.member.arn'"),
        (json!({ "Id": "1", "Arn": "x" }), "Provided Arn is not in correct format."),
        (json!({ "Id": "1", "Arn": foreign }), "the account of the rule, 111111111111"),
        (json!({ "Id": "1", "Arn": group.replace("west", "east") }), "another Region"),
        (json!({ "Id": "1", "Arn": stream }), "RoleArn is required for target"),
        (
            json!({ "Id": "1", "Arn": group, "Input": "{}", "InputPath": "$" }),
            "Only one of Input, InputPath",
        ),
        (
            json!({ "Id": "1", "Arn": group, "InputPath": "detail" }),
            "Invalid InputPath for target 1.",
        ),
        (
            json!({ "Id": "1", "Arn": group, "InputTransformer": { "InputTemplate": "<x>" } }),
            "invalid placeholder x",
        ),
        (
            json!({ "Id": "1", "Arn": group, "RetryPolicy": { "MaximumRetryAttempts": 186 } }),
            "less than or equal to 185",
        ),
    ] {
        let body = json!({ "Rule": "r", "Targets": [target] });
        let text = site.fails(1, "PutTargets", &body, "ValidationException");
        assert!(text.contains(part), "{body}: {text}");
    }
    let queue = json!({ "Id": "q", "Arn": "arn:aws:sqs:us-west-2:111111111111:q" });
    let answer = site.ok(1, "PutTargets", &json!({ "Rule": "r", "Targets": [queue] }));
    assert_eq!(
        (&answer["FailedEntryCount"], &answer["FailedEntries"][0]["ErrorCode"]),
        (&json!(1), &json!("NotEmulated"))
    );
    let several: Vec<_> = (0..6).map(|n| json!({ "Id": n.to_string(), "Arn": group })).collect();
    site.fails(
        1,
        "PutTargets",
        &json!({ "Rule": "r", "Targets": several }),
        "LimitExceededException",
    );
    site.fails(
        1,
        "PutTargets",
        &json!({ "Rule": "no", "Targets": [{ "Id": "1", "Arn": group }] }),
        "ResourceNotFoundException",
    );
}

#[test]
fn a_pattern_can_be_tried() {
    let mut site = site();
    let event = json!({ "id": "1", "account": "1", "source": "a", "time": "t", "region": "r",
        "resources": [], "detail-type": "d", "detail": { "n": 8 } });
    let ask = |pattern: &str, event: &str| json!({ "EventPattern": pattern, "Event": event });
    let matching = ask(r#"{"detail": {"n": [{"numeric": [">=", 7]}]}}"#, &event.to_string());
    assert_eq!(site.ok(1, "TestEventPattern", &matching), json!({ "Result": true }));
    let other = ask(r#"{"detail": {"n": ["8"]}}"#, &event.to_string());
    assert_eq!(site.ok(1, "TestEventPattern", &other), json!({ "Result": false }));
    site.fails(
        1,
        "TestEventPattern",
        &ask("{}", &event.to_string()),
        "InvalidEventPatternException",
    );
    site.fails(1, "TestEventPattern", &ask(r#"{"a": [1]}"#, "{}"), "ValidationException");
    let (status, answer) = site.events(1, "StartReplay", &json!({}));
    assert_eq!((status, answer["__type"].as_str()), (400, Some("UnknownOperationException")));
}

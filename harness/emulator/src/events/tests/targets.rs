//! What reaches the targets, and what does not.

use serde_json::{Value, json};
use tributary_vocabulary::Region;

use super::{account, finding_event, group_arn, guide_policy, policy, site};
use crate::events::emit;
use crate::kernel::{Caller, EffectKind, InvokeOutcome};
use crate::kinesis;

#[test]
fn an_event_lies_in_the_log_group_byte_for_byte() {
    let mut site = site();
    site.log_group(1, Some(guide_policy(1)));
    let rule = site.rule(1, "gd", &json!({ "source": ["aws.guardduty"], "detail": { "severity": [{ "numeric": [">=", 7] }] } }));
    let other = site.rule(1, "other", &json!({ "source": ["aws.ec2"] }));
    let events: Vec<_> = (0..3).map(|n| finding_event(1, n)).collect();
    for event in &events {
        emit(&mut site.world, account(1), &Region::us_west_2(), event);
    }
    let texts: Vec<&String> = events.iter().map(|event| &event.message).collect();
    assert_eq!(site.logged(1, &rule).iter().collect::<Vec<_>>(), texts);
    assert_eq!(site.logged(1, &other), Vec::<String>::new());
    assert_eq!(site.codes(), []);
    let statistics = site.world.rule_statistics(&rule);
    assert_eq!((statistics.matched, statistics.invocations, statistics.failed), (3, 3, 0));
    site.ok(1, "DisableRule", &json!({ "Name": "gd" }));
    emit(&mut site.world, account(1), &Region::us_west_2(), &events[0]);
    assert_eq!(site.codes(), [("NoMatchingRule".to_owned(), 1)]);
}

#[test]
fn the_log_groups_policy_decides_and_is_named() {
    let events = "events.amazonaws.com";
    let all = "arn:aws:logs:us-west-2:111111111111:log-group:/aws/events/*:*";
    let rule_arn = "arn:aws:events:us-west-2:111111111111:rule/gd";
    let source = |arn: &str| json!({ "ArnEquals": { "aws:SourceArn": arn } });
    let of_account = |id: &str| json!({ "StringEquals": { "aws:SourceAccount": id } });
    let denied = json!({ "Statement": [
        { "Effect": "Allow", "Principal": { "Service": "delivery.logs.amazonaws.com" }, "Action": "logs:*", "Resource": "*" },
        { "Sid": "No", "Effect": "Deny", "Principal": { "Service": events }, "Action": "logs:PutLogEvents", "Resource": "*" },
    ]});
    let only_create = json!({ "Statement": { "Effect": "Allow", "Principal": { "Service": events }, "Action": "logs:CreateLogStream", "Resource": all } });
    for (text, explained) in [
        (Some(policy(&json!(events), all, &Value::Null)), None),
        (Some(policy(&json!("delivery.logs.amazonaws.com"), all, &Value::Null)), None),
        (Some(policy(&json!(events), all, &source(rule_arn))), None),
        (Some(policy(&json!(events), all, &of_account("111111111111"))), None),
        (None, Some("no resource-based policy allows the logs:CreateLogStream action")),
        (
            Some(policy(&json!("vpc-flow-logs.amazonaws.com"), all, &Value::Null)),
            Some("vpc-flow-logs.amazonaws.com"),
        ),
        (
            Some(policy(&json!(events), &all.replace("/aws/events/", "/other/"), &Value::Null)),
            Some("/other/"),
        ),
        (
            Some(policy(&json!(events), all, &source(&rule_arn.replace("gd", "xx")))),
            Some("aws:SourceArn"),
        ),
        (Some(policy(&json!(events), all, &of_account("222222222222"))), Some("222222222222")),
        (Some(denied.to_string()), Some("explicit deny")),
        (Some(only_create.to_string()), Some("logs:PutLogEvents")),
    ] {
        let mut site = site();
        site.log_group(1, text.clone());
        let rule = site.rule(1, "gd", &json!({ "source": ["aws.guardduty"] }));
        assert_eq!(rule, rule_arn);
        emit(&mut site.world, account(1), &Region::us_west_2(), &finding_event(1, 1));
        let arrived = site.logged(1, &rule).len();
        let Some(part) = explained else {
            assert_eq!((arrived, site.codes()), (1, vec![]), "{text:?}");
            continue;
        };
        assert_eq!(site.codes(), [("AccessDeniedException".to_owned(), 1)], "{text:?}");
        let sentence = site.last_told();
        for part in [part, "rule gd", rule_arn, "log group /aws/events/guardduty-demo"] {
            assert!(sentence.contains(part), "{part}: {sentence}");
        }
        assert_eq!((arrived, site.world.rule_statistics(&rule).failed), (0, 1));
    }
}

#[test]
fn both_principals_may_be_asked_for() {
    let all = "arn:aws:logs:us-west-2:111111111111:log-group:/aws/events/*:*";
    let mut site = site();
    site.world.settings.events.log_groups_need_both_principals = true;
    site.log_group(1, Some(policy(&json!("events.amazonaws.com"), all, &Value::Null)));
    site.rule(1, "gd", &json!({ "source": ["aws.guardduty"] }));
    emit(&mut site.world, account(1), &Region::us_west_2(), &finding_event(1, 1));
    assert!(site.last_told().contains("delivery.logs.amazonaws.com"), "{}", site.last_told());
}

#[test]
fn a_log_group_that_is_not_there_fails() {
    let mut site = site();
    site.rule(1, "gd", &json!({ "source": ["aws.guardduty"] }));
    site.log_group(1, Some(guide_policy(1)));
    let caller = Caller::root(account(1), Region::us_west_2());
    let input =
        crate::logs::ops::delete_log_group::Input { log_group_name: Some(super::GROUP.to_owned()) };
    crate::logs::ops::delete_log_group::run(&mut site.world, &caller, input).expect("deleted");
    emit(&mut site.world, account(1), &Region::us_west_2(), &finding_event(1, 1));
    assert_eq!(site.codes(), [("ResourceNotFoundException".to_owned(), 1)]);
}

#[test]
fn a_transformer_makes_the_log_event() {
    let mut site = site();
    site.log_group(1, Some(guide_policy(1)));
    let rule = site.rule(1, "gd", &json!({ "source": ["aws.guardduty"] }));
    let put = |site: &mut super::Site, template: &str| {
        let target = json!({ "Id": "1", "Arn": group_arn(1), "InputTransformer": {
            "InputPathsMap": { "time": "$.time", "type": "$.detail.type" }, "InputTemplate": template } });
        site.ok(1, "PutTargets", &json!({ "Rule": "gd", "Targets": [target] }));
        emit(&mut site.world, account(1), &Region::us_west_2(), &finding_event(1, 1));
    };
    put(&mut site, r#"{"timestamp": <time>, "message": "<type> was seen"}"#);
    assert_eq!(site.logged(1, &rule), ["Recon:EC2/Portscan was seen"]);
    put(&mut site, r#"{"text": "<type>"}"#);
    assert_eq!(site.codes(), [("InvalidInput".to_owned(), 1)]);
    let part = json!({ "Id": "1", "Arn": group_arn(1), "InputPath": "$.detail.type" });
    site.ok(1, "PutTargets", &json!({ "Rule": "gd", "Targets": [part] }));
    emit(&mut site.world, account(1), &Region::us_west_2(), &finding_event(1, 2));
    assert_eq!(site.logged(1, &rule)[1], "\"Recon:EC2/Portscan\"");
}

#[test]
fn a_stream_is_reached_in_the_targets_role() {
    let mut site = site();
    let caller = Caller::root(account(1), Region::us_west_2());
    let input = kinesis::ops::create_stream::Input {
        stream_name: Some("s".to_owned()),
        shard_count: Some(1),
        ..Default::default()
    };
    kinesis::ops::create_stream::run(&mut site.world, &caller, input).expect("a stream");
    let later = site.world.now().plus_s(10);
    site.world.advance(later);
    let trust = r#"{"Statement": {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}}"#;
    site.iam(1, "CreateRole", &[("RoleName", "r"), ("AssumeRolePolicyDocument", trust)]);
    let stream = "arn:aws:kinesis:us-west-2:111111111111:stream/s";
    site.ok(1, "PutRule", &json!({ "Name": "k", "EventPattern": r#"{"source": ["app"]}"# }));
    let target = json!({ "Id": "k", "Arn": stream, "RoleArn": "arn:aws:iam::111111111111:role/r",
        "KinesisParameters": { "PartitionKeyPath": "$.detail.key" } });
    site.ok(1, "PutTargets", &json!({ "Rule": "k", "Targets": [target] }));
    let event = json!({ "Entries": [{ "Source": "app", "DetailType": "t", "Detail": "{\"key\": \"a\"}" }] });
    site.ok(1, "PutEvents", &event);
    let rule = "arn:aws:events:us-west-2:111111111111:rule/k";
    assert_eq!(site.world.rule_statistics(rule).failed, 1);
    let permission =
        r#"{"Statement": {"Effect": "Allow", "Action": "kinesis:PutRecord", "Resource": "*"}}"#;
    site.iam(
        1,
        "PutRolePolicy",
        &[("RoleName", "r"), ("PolicyName", "p"), ("PolicyDocument", permission)],
    );
    site.ok(1, "PutEvents", &event);
    assert_eq!(
        (site.world.rule_statistics(rule).failed, site.world.shard_statistics(stream)[0].records),
        (1, 1)
    );
    // More than a shard takes in a second is put off, and arrives.
    for _ in 0..1_200 {
        site.ok(1, "PutEvents", &event);
    }
    let throttled = site.world.rule_statistics(rule).throttled;
    assert!(throttled > 0);
    let later = site.world.now().plus_s(60);
    site.world.advance(later);
    assert_eq!(site.world.shard_statistics(stream)[0].records, 1_201);
    assert_eq!(site.world.rule_statistics(rule).failed, 1);
}

#[test]
fn a_function_is_invoked_when_its_policy_admits_the_rule() {
    let mut site = site();
    let arn = "arn:aws:lambda:us-west-2:111111111111:function:f";
    let role = r#"{"Statement": {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}}"#;
    site.iam(1, "CreateRole", &[("RoleName", "f"), ("AssumeRolePolicyDocument", role)]);
    let function = json!({ "FunctionName": "f", "Runtime": "python3.13", "Handler": "f.h",
        "Role": "arn:aws:iam::111111111111:role/f", "Code": { "ZipFile": "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" } });
    let path = "/2015-03-31/functions";
    let (status, answer) = site.send(1, "lambda", http::Method::POST, path, None, &function);
    assert_eq!(status, 201, "{answer}");
    site.ok(1, "PutRule", &json!({ "Name": "l", "EventPattern": r#"{"source": ["app"]}"# }));
    site.ok(
        1,
        "PutTargets",
        &json!({ "Rule": "l", "Targets": [{ "Id": "f", "Arn": arn, "Input": "{\"a\":1}" }] }),
    );
    let event = json!({ "Entries": [{ "Source": "app", "DetailType": "t", "Detail": "{}" }] });
    site.ok(1, "PutEvents", &event);
    assert_eq!(site.world.take_effects().len(), 0);
    let permission = json!({ "StatementId": "s", "Action": "lambda:InvokeFunction",
        "Principal": "events.amazonaws.com", "SourceArn": "arn:aws:events:us-west-2:111111111111:rule/l" });
    let (status, answer) = site.send(
        1,
        "lambda",
        http::Method::POST,
        "/2015-03-31/functions/f/policy",
        None,
        &permission,
    );
    assert_eq!(status, 201, "{answer}");
    site.ok(1, "PutEvents", &event);
    let effects = site.world.take_effects();
    let EffectKind::InvokeFunction { function_arn, payload, .. } = &effects[0].kind;
    assert_eq!((function_arn.as_str(), payload.as_ref()), (arn, &br#"{"a":1}"#[..]));
    let now = site.world.now();
    site.world.complete(
        now,
        effects[0].id,
        InvokeOutcome::Answered { payload: bytes::Bytes::new(), duration_ms: 1 },
    );
    site.world.advance(now.plus_s(1));
    assert_eq!(
        site.world.rule_statistics("arn:aws:events:us-west-2:111111111111:rule/l").failed,
        1
    );
}

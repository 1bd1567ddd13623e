//! For each policy: what stops when it is wrong.

use serde_json::{Value, json};

use super::*;

/// CreateTrail with this bucket policy.
fn with_bucket_policy(policy: &Value) -> Result<Value, (String, String)> {
    let mut bench = Bench::furnished();
    bench.put_bucket_policy(policy);
    bench.call("CreateTrail", &trail())
}

#[test]
fn the_bucket_policy_has_to_let_cloudtrail_deliver() {
    assert!(with_bucket_policy(&bucket_policy()).is_ok());
    let mut recent = bucket_policy();
    let arn = "arn:aws:cloudtrail:us-west-2:111111111111:trail/demo";
    for statement in 0..2 {
        recent["Statement"][statement]["Condition"]["StringEquals"]["aws:SourceArn"] = json!(arn);
    }
    assert!(
        with_bucket_policy(&recent).is_ok(),
        "with aws:SourceArn, as current templates have it"
    );
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut policy = bucket_policy();
        change(&mut policy["Statement"]);
        policy
    };
    let wrong: [(&str, Value); 8] = [
        ("no ACL check", changed(&|s| drop(s.as_array_mut().expect("statements").remove(0)))),
        ("no write", changed(&|s| drop(s.as_array_mut().expect("statements").remove(1)))),
        (
            "another account",
            changed(&|s| {
                s[1]["Resource"] = json!(format!("arn:aws:s3:::{BUCKET}/AWSLogs/222222222222/*"));
            }),
        ),
        (
            "another ACL",
            changed(&|s| {
                s[1]["Condition"]["StringEquals"]["s3:x-amz-acl"] = json!("private");
            }),
        ),
        ("another action", changed(&|s| s[1]["Action"] = json!("s3:PutObjectAcl"))),
        (
            "another service",
            changed(&|s| s[1]["Principal"]["Service"] = json!("config.amazonaws.com")),
        ),
        (
            "another trail",
            changed(&|s| {
                s[0]["Condition"] = json!({"StringEquals": {"aws:SourceArn":
                    "arn:aws:cloudtrail:us-west-2:111111111111:trail/other"}});
            }),
        ),
        (
            "a prefix that the policy has not",
            changed(&|s| {
                s[1]["Resource"] = json!(format!("arn:aws:s3:::{BUCKET}/p/AWSLogs/{MEMBER}/*"));
            }),
        ),
    ];
    for (what, policy) in wrong {
        let (code, message) = with_bucket_policy(&policy).expect_err(what);
        assert_eq!(code, "InsufficientS3BucketPolicyException", "{what}");
        assert_eq!(message, format!("Incorrect S3 bucket policy is detected for bucket: {BUCKET}"));
    }
}

#[test]
fn an_acl_condition_may_be_missing() {
    let mut policy = bucket_policy();
    policy["Statement"][1].as_object_mut().expect("a statement").remove("Condition");
    assert!(with_bucket_policy(&policy).is_ok(), "it allows more than it has to");
}

#[test]
fn a_prefix_has_to_be_in_the_policy() {
    let mut bench = Bench::furnished();
    let mut prefixed = trail();
    prefixed["S3KeyPrefix"] = json!("p");
    assert_eq!(bench.error("CreateTrail", &prefixed).0, "InsufficientS3BucketPolicyException");
    let mut policy = bucket_policy();
    policy["Statement"][1]["Resource"] =
        json!(format!("arn:aws:s3:::{BUCKET}/p/AWSLogs/{MEMBER}/*"));
    bench.put_bucket_policy(&policy);
    bench.ok("CreateTrail", &prefixed);
    bench.ok("StartLogging", &json!({"Name": "demo"}));
    bench.publish(&[record(0)]);
    bench.wait_s(300);
    assert!(bench.keys()[0].starts_with("p/AWSLogs/111111111111/CloudTrail/us-west-2/2026/01/01/"));
}

#[test]
fn the_role_is_tried_before_it_is_taken() {
    let with_role = |trust: &Value, permissions: &Value| {
        let mut bench = Bench::empty();
        bench.make_bucket(&bucket_policy());
        let group = json!({"logGroupName": GROUP});
        bench.json(MEMBER, "logs", "Logs_20140328.CreateLogGroup", &group).expect("a group");
        bench.make_role(trust, permissions);
        bench.call("CreateTrail", &trail())
    };
    let mut other_service = trust();
    other_service["Statement"][0]["Principal"]["Service"] = json!("logs.amazonaws.com");
    let mut other_trail = trust();
    other_trail["Statement"][0]["Condition"]["StringEquals"]["aws:SourceArn"] =
        json!("arn:aws:cloudtrail:us-west-2:111111111111:trail/other");
    for trust in [other_service, other_trail] {
        let (code, message) = with_role(&trust, &permissions("logs:*")).expect_err("no trust");
        assert_eq!(code, "InvalidCloudWatchLogsRoleArnException");
        assert_eq!(message, "Access denied. Check the trust relationships for your role.");
    }
    for action in ["logs:PutLogEvents", "logs:CreateLogStream", "s3:*"] {
        let (code, message) = with_role(&trust(), &permissions(action)).expect_err(action);
        assert_eq!(code, "InvalidCloudWatchLogsLogGroupArnException");
        assert_eq!(message, "Access denied. Check the permissions for your role.");
    }
}

#[test]
fn the_log_group_and_the_role_come_together_and_are_there() {
    let mut bench = Bench::furnished();
    for (group, role, code, part) in [
        (Some(GROUP_ARN), None, "InvalidCloudWatchLogsRoleArnException", "You must specify a role"),
        (None, Some(ROLE_ARN), "InvalidCloudWatchLogsLogGroupArnException", "as well as a role"),
        (
            Some("arn:aws:logs:us-west-2:111111111111:log-group:CloudTrail/member_account_1"),
            Some(ROLE_ARN),
            "InvalidCloudWatchLogsLogGroupArnException",
            "cannot validate",
        ),
        (
            Some("arn:aws:logs:us-west-2:111111111111:log-group:other:*"),
            Some(ROLE_ARN),
            "InvalidCloudWatchLogsLogGroupArnException",
            "cannot validate",
        ),
        (
            Some("arn:aws:logs:us-east-1:111111111111:log-group:CloudTrail/member_account_1:*"),
            Some(ROLE_ARN),
            "InvalidCloudWatchLogsLogGroupArnException",
            "cannot validate",
        ),
        (
            Some(GROUP_ARN),
            Some("arn:aws:iam::111111111111:user/ann"),
            "InvalidCloudWatchLogsRoleArnException",
            "not the ARN of a role",
        ),
        (
            Some(GROUP_ARN),
            Some("arn:aws:iam::111111111111:role/absent"),
            "InvalidCloudWatchLogsRoleArnException",
            "trust relationships",
        ),
        (
            Some(GROUP_ARN),
            Some("arn:aws:iam::999999999999:role/trail-role"),
            "AccessDeniedException",
            "Cross-account pass role",
        ),
    ] {
        let mut input = trail();
        input["CloudWatchLogsLogGroupArn"] = json!(group);
        input["CloudWatchLogsRoleArn"] = json!(role);
        let (found, message) = bench.error("CreateTrail", &input);
        assert_eq!(found, code, "{group:?} {role:?}: {message}");
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn a_role_that_loses_its_permission_stops_the_log_group_alone() {
    let mut bench = Bench::logging();
    bench.publish(&[record(0)]);
    assert_eq!(bench.stored().len(), 1);
    assert_eq!(bench.status()["LatestCloudWatchLogsDeliveryTime"], json!(1_767_225_600.0));
    let nothing = permissions("logs:DescribeLogStreams").to_string();
    let encoded =
        percent_encoding::utf8_percent_encode(&nothing, percent_encoding::NON_ALPHANUMERIC);
    bench.put_role_policy(&encoded.to_string());
    bench.wait_s(10);
    let events = [record(10), record(11)];
    bench.publish(&events);
    assert_eq!(bench.stored().len(), 1);
    let status = bench.status();
    assert_eq!(
        status["LatestCloudWatchLogsDeliveryError"],
        "Access denied. Check the permissions for your role."
    );
    assert_eq!(status["LatestCloudWatchLogsDeliveryTime"], json!(1_767_225_600.0));
    {
        let told = bench.unpublished.lock().expect("one thread");
        let (resource, code, message, untold) = &told[0];
        assert_eq!(resource, "arn:aws:cloudtrail:us-west-2:111111111111:trail/demo");
        assert_eq!(code, "AccessDenied");
        assert!(message.contains("logs:PutLogEvents"), "{message}");
        assert_eq!(*untold, messages(&events));
    }
    bench.wait_s(300);
    assert_eq!(bench.world.trails().next().map(|trail| trail.statistics.bucket_delivered), Some(3));
}

#[test]
fn a_bucket_policy_that_loses_the_account_stops_the_bucket_alone() {
    let mut bench = Bench::logging();
    let mut policy = bucket_policy();
    policy["Statement"][1]["Resource"] =
        json!(format!("arn:aws:s3:::{BUCKET}/AWSLogs/222222222222/*"));
    bench.put_bucket_policy(&policy);
    bench.publish(&[record(0), record(1)]);
    bench.wait_s(300);
    assert_eq!(bench.keys(), Vec::<String>::new());
    assert_eq!(bench.stored().len(), 2);
    assert_eq!(bench.codes(), []);
    let status = bench.status();
    assert_eq!(status["LatestDeliveryError"], "AccessDenied");
    assert_eq!(status["LatestDeliveryAttemptTime"], "2026-01-01T00:05:00Z");
    assert_eq!(status["LatestDeliveryAttemptSucceeded"], "");
    assert_eq!(status.get("LatestDeliveryTime"), None);
    {
        let view = bench.world.trails().next().expect("a trail");
        assert_eq!(view.bucket_error, Some("AccessDenied"));
        assert_eq!((view.statistics.bucket_undelivered, view.statistics.files_refused), (2, 1));
    }
    bench.put_bucket_policy(&bucket_policy());
    bench.publish(&[record(300)]);
    bench.wait_s(300);
    assert_eq!(bench.status().get("LatestDeliveryError"), None);
    assert_eq!(bench.keys().len(), 1);
}

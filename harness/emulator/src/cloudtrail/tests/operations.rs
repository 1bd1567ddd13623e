//! The operations, their validations and their pages.

use serde_json::{Value, json};

use super::*;

/// The smallest trail of a name.
fn plain(name: &str) -> Value {
    json!({"Name": name, "S3BucketName": BUCKET})
}

#[test]
fn a_trail_is_made_told_changed_and_deleted() {
    let mut bench = Bench::furnished();
    let mut input = trail();
    input["TagsList"] = json!([{"Key": "team", "Value": "sec"}]);
    input["EnableLogFileValidation"] = json!(true);
    let made = bench.ok("CreateTrail", &input);
    let arn = "arn:aws:cloudtrail:us-west-2:111111111111:trail/demo";
    assert_eq!(
        made,
        json!({
            "Name": "demo",
            "S3BucketName": BUCKET,
            "IncludeGlobalServiceEvents": true,
            "IsMultiRegionTrail": true,
            "TrailARN": arn,
            "LogFileValidationEnabled": true,
            "CloudWatchLogsLogGroupArn": GROUP_ARN,
            "CloudWatchLogsRoleArn": ROLE_ARN,
            "IsOrganizationTrail": false
        })
    );
    let told = bench.ok("GetTrail", &json!({"Name": arn}))["Trail"].clone();
    assert_eq!(told["HomeRegion"], "us-west-2");
    assert_eq!(told["HasCustomEventSelectors"], false);
    assert_eq!(bench.status()["IsLogging"], false, "a new trail does not log");
    assert_eq!(bench.status()["TimeLoggingStarted"], "");
    bench.ok("StartLogging", &json!({"Name": arn}));
    bench.wait_s(1);
    bench.ok("StopLogging", &json!({"Name": "demo"}));
    let status = bench.status();
    assert_eq!(status["StartLoggingTime"], json!(1_767_225_600.0));
    assert_eq!(status["TimeLoggingStopped"], "2026-01-01T00:00:01Z");
    let change = json!({
        "Name": "demo", "IsMultiRegionTrail": false, "EnableLogFileValidation": false,
        "CloudWatchLogsLogGroupArn": "", "CloudWatchLogsRoleArn": ""
    });
    let changed = bench.ok("UpdateTrail", &change);
    assert_eq!(changed["IsMultiRegionTrail"], false);
    assert_eq!(changed.get("CloudWatchLogsRoleArn"), None);
    assert_eq!(changed["S3BucketName"], BUCKET, "what is not given stays");
    assert_eq!(bench.ok("DeleteTrail", &json!({"Name": "demo"})), json!({}));
    let (code, message) = bench.error("GetTrailStatus", &json!({"Name": "demo"}));
    assert_eq!(code, "TrailNotFoundException");
    assert_eq!(message, "Unknown trail: demo for the user: 111111111111");
}

#[test]
fn refuses_what_aws_refuses() {
    let mut bench = Bench::furnished();
    let with = |name: &str, value: Value| {
        let mut input = plain("demo");
        input[name] = value;
        input
    };
    for (input, code) in [
        (plain("a"), "InvalidTrailNameException"),
        (
            plain("arn:aws:cloudtrail:us-west-2:111111111111:trail/demo"),
            "InvalidTrailNameException",
        ),
        (json!({"S3BucketName": BUCKET}), "InvalidTrailNameException"),
        (with("S3BucketName", json!("absent-bucket")), "S3BucketDoesNotExistException"),
        (with("S3BucketName", json!("Bad_Bucket")), "InvalidS3BucketNameException"),
        (with("S3KeyPrefix", json!("x".repeat(201))), "InvalidS3PrefixException"),
        (with("KmsKeyId", json!("alias/key")), "UnsupportedOperationException"),
        (with("KmsKeyId", json!("alias key")), "InvalidKmsKeyIdException"),
        (with("SnsTopicName", json!("topic")), "UnsupportedOperationException"),
        (with("SnsTopicName", json!("a topic")), "InvalidSnsTopicNameException"),
        (with("IsOrganizationTrail", json!(true)), "UnsupportedOperationException"),
        (
            json!({"Name": "demo", "S3BucketName": BUCKET, "IsMultiRegionTrail": true,
                "IncludeGlobalServiceEvents": false}),
            "InvalidParameterCombinationException",
        ),
        (
            with("TagsList", json!([{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}])),
            "InvalidTagParameterException",
        ),
        (with("TagsList", json!([{"Key": "aws:a", "Value": "1"}])), "InvalidTagParameterException"),
        (with("IsMultiRegionTrail", json!("yes")), "SerializationException"),
    ] {
        assert_eq!(bench.error("CreateTrail", &input).0, code, "{input}");
    }
    bench.ok("CreateTrail", &plain("demo"));
    assert_eq!(bench.error("CreateTrail", &plain("demo")).0, "TrailAlreadyExistsException");
    let (code, message) = bench.error("PutInsightSelectors", &json!({"TrailName": "demo"}));
    assert_eq!(code, "UnknownOperationException");
    assert!(message.contains("CreateTrail"), "{message}");
    for (name, code) in [
        ("", "InvalidTrailNameException"),
        ("x", "InvalidTrailNameException"),
        ("other", "TrailNotFoundException"),
        ("arn:aws:cloudtrail:us-west-2:111111111111:demo", "CloudTrailARNInvalidException"),
        ("arn:aws:cloudtrail:us-west-2:222222222222:trail/demo", "TrailNotFoundException"),
    ] {
        for operation in ["GetTrail", "GetTrailStatus", "StartLogging", "DeleteTrail"] {
            assert_eq!(
                bench.error(operation, &json!({"Name": name})).0,
                code,
                "{operation} {name}"
            );
        }
    }
}

#[test]
fn a_region_has_five_trails() {
    let mut bench = Bench::furnished();
    bench.ok("CreateTrail", &trail());
    for n in 0..4 {
        bench.ok("CreateTrail", &plain(&format!("trail-{n}")));
    }
    let (code, message) = bench.error("CreateTrail", &plain("sixth"));
    assert_eq!(code, "MaximumNumberOfTrailsExceededException");
    assert_eq!(message, "User: 111111111111 already has 5 trails in us-west-2.");
    for n in 0..4 {
        bench.call_in("us-east-1", "CreateTrail", &plain(&format!("trail-{n}"))).expect("a trail");
    }
    let (code, _) = bench.call_in("us-east-1", "CreateTrail", &plain("sixth")).expect_err("full");
    assert_eq!(code, "MaximumNumberOfTrailsExceededException", "the replica counts");
    let mut all = json!({"Name": "trail-0", "IsMultiRegionTrail": true});
    assert_eq!(bench.error("UpdateTrail", &all).0, "TrailAlreadyExistsException");
    bench.ok("DeleteTrail", &json!({"Name": "trail-1"}));
    all["Name"] = json!("trail-2");
    assert_eq!(bench.error("UpdateTrail", &all).0, "TrailAlreadyExistsException");
}

#[test]
fn a_trail_of_all_regions_is_seen_in_all_and_changed_at_home() {
    let mut bench = Bench::furnished();
    bench.ok("CreateTrail", &trail());
    bench.ok("CreateTrail", &plain("local"));
    let names = |body: &Value| -> Vec<String> {
        let trails = body["trailList"].as_array().expect("a list");
        trails.iter().map(|trail| trail["Name"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let there = |bench: &mut Bench, input: &Value| {
        bench.call_in("us-east-1", "DescribeTrails", input).expect("a list")
    };
    assert_eq!(names(&bench.ok("DescribeTrails", &json!({}))), ["demo", "local"]);
    assert_eq!(names(&there(&mut bench, &json!({}))), ["demo"]);
    assert_eq!(names(&there(&mut bench, &json!({"includeShadowTrails": false}))), [""; 0]);
    let arn = "arn:aws:cloudtrail:us-west-2:111111111111:trail/demo";
    assert_eq!(names(&there(&mut bench, &json!({"trailNameList": [arn, "other"]}))), ["demo"]);
    assert_eq!(names(&there(&mut bench, &json!({"trailNameList": ["demo"]}))), [""; 0]);
    for (operation, input, expected) in [
        ("StartLogging", json!({"Name": "demo"}), "InvalidHomeRegionException"),
        ("DeleteTrail", json!({"Name": arn}), "InvalidHomeRegionException"),
        ("UpdateTrail", json!({"Name": "demo"}), "InvalidHomeRegionException"),
        ("StopLogging", json!({"Name": "local"}), "TrailNotFoundException"),
        ("GetTrailStatus", json!({"Name": "demo"}), "TrailNotFoundException"),
        ("CreateTrail", plain("demo"), "TrailAlreadyExistsException"),
    ] {
        let (code, _) = bench.call_in("us-east-1", operation, &input).expect_err(operation);
        assert_eq!(code, expected, "{operation}");
    }
    assert!(bench.call_in("us-east-1", "GetTrailStatus", &json!({"Name": arn})).is_ok());
}

#[test]
fn lists_trails_of_all_regions_page_by_page() {
    let mut bench = Bench::furnished();
    bench.world.settings.cloudtrail.page_size = 2;
    bench.call_in("us-east-1", "CreateTrail", &plain("zzz")).expect("a trail");
    for name in ["bbb", "aaa"] {
        bench.ok("CreateTrail", &plain(name));
    }
    let first = bench.ok("ListTrails", &json!({}));
    let token = first["NextToken"].clone();
    let second = bench.ok("ListTrails", &json!({"NextToken": token}));
    assert_eq!(second.get("NextToken"), None);
    let names: Vec<&str> = [&first, &second]
        .iter()
        .flat_map(|page| page["Trails"].as_array().expect("a list"))
        .map(|trail| trail["Name"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(names, ["zzz", "aaa", "bbb"], "by home Region and name");
    assert_eq!(
        bench.error("ListTrails", &json!({"NextToken": "x"})).0,
        "InvalidNextTokenException"
    );
}

#[test]
fn the_short_target_is_known_too() {
    let mut bench = Bench::empty();
    let answer = bench.json(MEMBER, "cloudtrail", "CloudTrail_20131101.ListTrails", &json!({}));
    assert_eq!(answer, Ok(json!({"Trails": []})));
}

#[test]
fn tags_are_added_listed_and_removed() {
    let mut bench = Bench::furnished();
    let arn = bench.ok("CreateTrail", &plain("demo"))["TrailARN"].clone();
    let tags = |n: usize| (0..n).map(|n| json!({"Key": format!("k{n:02}")})).collect::<Vec<_>>();
    let add = |n: usize| json!({"ResourceId": arn, "TagsList": tags(n)});
    assert_eq!(bench.error("AddTags", &add(51)).0, "TagsLimitExceededException");
    bench.ok("AddTags", &add(2));
    bench.ok("AddTags", &json!({"ResourceId": arn, "TagsList": [{"Key": "k01", "Value": "v"}]}));
    bench.ok("RemoveTags", &json!({"ResourceId": arn, "TagsList": [{"Key": "k00"}]}));
    let listed = bench.ok("ListTags", &json!({"ResourceIdList": [arn]}));
    assert_eq!(
        listed,
        json!({"ResourceTagList": [
            {"ResourceId": arn, "TagsList": [{"Key": "k01", "Value": "v"}]}
        ]})
    );
    for (id, code) in [
        ("demo", "CloudTrailARNInvalidException"),
        (
            "arn:aws:cloudtrail:us-west-2:111111111111:channel/x",
            "ResourceTypeNotSupportedException",
        ),
        ("arn:aws:cloudtrail:us-west-2:111111111111:trail/other", "TrailNotFoundException"),
    ] {
        assert_eq!(bench.error("ListTags", &json!({"ResourceIdList": [id]})).0, code, "{id}");
    }
}

#[test]
fn looks_events_up_page_by_page() {
    let mut bench = Bench::empty();
    let events: Vec<EventRecord> = (0..5)
        .map(|n| with(n, &json!({"eventName": if n == 3 { "StopInstances" } else { "Run" }})))
        .collect();
    bench.publish(&events);
    bench.publish(&[
        with(9, &json!({"eventCategory": "Data"})),
        with(9, &json!({"awsRegion": "us-east-1"})),
    ]);
    let mut seen = Vec::new();
    let mut token = Value::Null;
    loop {
        let page = bench.ok("LookupEvents", &json!({"MaxResults": 2, "NextToken": token}));
        let events = page["Events"].as_array().expect("events").clone();
        assert!(events.len() <= 2);
        seen.extend(events.iter().map(|event| event["CloudTrailEvent"].clone()));
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    let mut expected = messages(&events);
    expected.reverse();
    assert_eq!(json!(seen), json!(expected), "the latest first, management events of the Region");
    let by = |bench: &mut Bench, key: &str, value: &str| {
        let attribute = json!([{"AttributeKey": key, "AttributeValue": value}]);
        let found = bench.ok("LookupEvents", &json!({"LookupAttributes": attribute}));
        found["Events"].as_array().map(Vec::len)
    };
    assert_eq!(by(&mut bench, "EventName", "StopInstances"), Some(1));
    assert_eq!(by(&mut bench, "Username", "ann"), Some(5));
    assert_eq!(by(&mut bench, "ReadOnly", "true"), Some(0));
    let window = json!({"StartTime": 1_767_225_601.0, "EndTime": 1_767_225_602.0});
    assert_eq!(bench.ok("LookupEvents", &window)["Events"].as_array().map(Vec::len), Some(2));
    for (input, code) in [
        (json!({"MaxResults": 51}), "InvalidMaxResultsException"),
        (json!({"StartTime": 2, "EndTime": 1}), "InvalidTimeRangeException"),
        (json!({"NextToken": "x"}), "InvalidNextTokenException"),
        (json!({"EventCategory": "insight"}), "InvalidEventCategoryException"),
        (
            json!({"LookupAttributes": [{"AttributeKey": "X", "AttributeValue": "y"}]}),
            "InvalidLookupAttributesException",
        ),
    ] {
        assert_eq!(bench.error("LookupEvents", &input).0, code, "{input}");
    }
}

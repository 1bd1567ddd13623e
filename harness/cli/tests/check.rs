//! `tributary check` and `tributary explain-access`, as processes made of values.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

mod common;

use std::fs;
use std::path::Path;

use serde_json::Value;

use common::tributary;

const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/centralized-logging");

/// A copy of the published scenario in which one policy has another text.
fn scenario(name: &str, file: &str, change: impl Fn(&str) -> String) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("check-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("policies")).unwrap();
    fs::copy(Path::new(PUBLISHED).join("scenario.yaml"), folder.join("scenario.yaml")).unwrap();
    for policy in fs::read_dir(Path::new(PUBLISHED).join("policies")).unwrap() {
        let path = policy.unwrap().path();
        fs::copy(&path, folder.join("policies").join(path.file_name().unwrap())).unwrap();
    }
    let path = folder.join("policies").join(file);
    let text = change(&fs::read_to_string(&path).unwrap_or_default());
    if text.is_empty() {
        fs::remove_file(path).unwrap();
    } else {
        fs::write(path, text).unwrap();
    }
    folder.to_string_lossy().into_owned()
}

#[test]
fn the_published_scenario_is_sound() {
    let ended = tributary(&["check"]);
    assert_eq!(ended.code, 0, "{}", ended.out);
    assert_eq!(
        ended.out,
        "✓ centralized-logging: 15 policies, no errors, 1 warning\n\n\
         policies/cwlpermissions.json:10:17  warning  iam:PassRole does not say to which service the role may be handed\n    \
         mend  add \"Condition\": {\"StringEquals\": {\"iam:PassedToService\": \"…\"}}  [pass-role.service]\n"
    );
    assert_eq!(tributary(&["check", "--strict"]).code, 103);
    assert_eq!(tributary(&["check", "--members", "200"]).code, 0);
}

/// What is changed in which policy, and the one error that it leads to: its place, its rule and a
/// part of what is told.
#[test]
fn every_policy_that_is_wrong_is_told_at_its_place() {
    let replace = |from: &'static str, to: &'static str| {
        move |text: &str| {
            assert!(text.contains(from), "{from} is not in {text}");
            text.replace(from, to)
        }
    };
    #[rustfmt::skip]
    let rows: Vec<(&str, &str, &str, &str, &str)> = vec![
        ("cwlpermissions.json", "kinesis:PutRecord", "kinesis:PutRecrod", "5:17  error", "did you mean kinesis:PutRecord?  [action.unknown]"),
        ("cwlpermissions.json", "kinesis:PutRecord", "kinesis:PutRecords", "3:5  error", "allow kinesis:PutRecord on arn:aws:kinesis:us-west-2:111111111111:stream/Demo_Kinesis_Stream  [topology.hop]"),
        ("cwlpermissions.json", "Demo_Kinesis_Stream", "Demo_Kinesis", "3:5  error", "[topology.hop]"),
        ("cwlpermissions.json", "stream/", "", "6:19  error", "arn:aws:kinesis:REGION:ACCOUNT:stream/StreamName  [arn.resource]"),
        ("cwlpermissions.json", "kinesis:<REGION>", "kinesis:<YOUR_REGION>", "6:19  error", "<YOUR_REGION> is left in"),
        ("cwltrustpolicy.json", "logs.<REGION>.amazonaws.com", "logs.us-east-1.amazonaws.com", "4:31  error", "write logs.us-west-2.amazonaws.com or logs.amazonaws.com  [principal.region]"),
        ("cwltrustpolicy.json", "logs.<REGION>.amazonaws.com", "firehose.amazonaws.com", "2:16  error", "logs.amazonaws.com may not sts:AssumeRole"),
        ("firehose_trust.json", "<MASTER_ACCOUNT_ID>", "222222222222", "4:5  error", "wants sts:ExternalId StringEquals 222222222222, the request has 111111111111"),
        ("firehose_permissions.json", "kinesis:GetRecords", "kinesis:GetRecord", "10:9  error", "did you mean kinesis:GetRecords?"),
        ("firehose_permissions.json", "\"s3:PutObject\"", "\"s3:PutObjectTagging\"", "40:5  error", "without which not: the delivery stream backs up"),
        ("destination_policy.json", "<MEMBER_ACCOUNT_ID>", "222222222222", "4:5  error", "member 333333333333 is left out"),
        ("destination_policy.json", "\"<MEMBER_ACCOUNT_ID>\"", "\"arn:aws:iam::222222222222:root\"", "11:11  error", "InvalidParameterException: Principal section of policy contains ARN instead of account ID: arn:aws:iam::222222222222:root"),
        ("destination_policy.json", "destination:kinesisDest", "destination:other", "15:19  error", "[resource.elsewhere]"),
        ("cloudtrail_bucket_policy.json", "<MEMBER_ACCOUNT_ID>", "222222222222", "13:5  error", "member 333333333333 is left out: cloudtrail.amazonaws.com may not s3:PutObject"),
        ("cloudtrail_bucket_policy.json", "bucket-owner-full-control", "private", "13:5  error", "wants s3:x-amz-acl StringEquals private, the request has bucket-owner-full-control"),
        ("lambda_trust.json", "\"Effect\": \"Allow\",", "\"Effect\": \"allow\",", "5:17  error", "MalformedPolicyDocument: Syntax errors in policy."),
    ];
    for (number, (file, from, to, place, told)) in rows.into_iter().enumerate() {
        let folder = scenario(&format!("row-{number}"), file, replace(from, to));
        let ended = tributary(&["check", &folder]);
        assert_eq!(ended.code, 103, "{file} {to}: {}", ended.out);
        assert!(
            ended.out.starts_with("✗ centralized-logging: 15 policies, 1 error"),
            "{file} {to}: {}",
            ended.out
        );
        let line = format!("policies/{file}:{place}  ");
        assert!(ended.out.contains(&line), "{line} is not in {}", ended.out);
        assert!(ended.out.contains(told), "{told} is not in {}", ended.out);
    }
}

#[test]
fn strangers_missing_and_unknown_documents_are_told() {
    let folder = scenario("stranger", "destination_policy.json", |text| {
        text.replace("\"<MEMBER_ACCOUNT_ID>\"", "\"<MEMBER_ACCOUNT_ID>\", \"444444444444\"")
    });
    let ended = tributary(&["check", &folder]);
    assert_eq!(ended.code, 0, "{}", ended.out);
    let told = "policies/destination_policy.json:11:35  warning  the destination admits account 444444444444, which the topology does not have";
    assert!(ended.out.contains(told), "{}", ended.out);

    let folder = scenario("missing", "firehose_trust.json", |_| String::new());
    let ended = tributary(&["check", &folder]);
    assert_eq!(ended.code, 103);
    assert!(
        ended.out.contains("policies/firehose_trust.json  error  the set-up needs this document"),
        "{}",
        ended.out
    );

    let folder = scenario("unknown", "destination_policies.json", |_| "{}".to_owned());
    let ended = tributary(&["check", &folder]);
    assert_eq!(ended.code, 0, "{}", ended.out);
    assert!(ended.out.contains("did you mean policies/destination_policy.json?"), "{}", ended.out);
    assert_eq!(tributary(&["check", &folder, "--strict"]).code, 103);
}

#[test]
fn findings_can_be_had_as_json() {
    let folder = scenario("json", "cwlpermissions.json", |text| text.replace("PutRecord", "Put"));
    let ended = tributary(&["check", &folder, "--json", "-"]);
    assert_eq!(ended.code, 103);
    assert!(ended.err.starts_with("✗ centralized-logging"), "{}", ended.err);
    let json: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(json["schema"], "tributary.check/1");
    let scenario = &json["scenarios"][0];
    assert_eq!((&scenario["errors"], &scenario["documents"]), (&1.into(), &15.into()));
    let finding =
        scenario["findings"].as_array().unwrap().iter().find(|f| f["severity"] == "error");
    let finding = finding.unwrap();
    assert_eq!(finding["file"], "policies/cwlpermissions.json");
    assert_eq!((&finding["line"], &finding["column"]), (&5.into(), &17.into()));
    assert_eq!(finding["id"], "action.unknown");
    assert_eq!(tributary(&["check", "nothing"]).code, 2);
}

const STREAM: &str = "arn:aws:kinesis:us-west-2:111111111111:stream/Demo_Kinesis_Stream";
const DESTINATION: &str = "arn:aws:logs:us-west-2:111111111111:destination:kinesisDest";
const ROLE: &str = "arn:aws:iam::111111111111:role/cwrole";

#[test]
fn a_permission_names_its_statement() {
    let ended = tributary(&["explain-access", "--as", "cwrole", "kinesis:PutRecord", STREAM]);
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    assert_eq!(
        ended.out,
        format!(
            "✓ allowed: arn:aws:sts::111111111111:assumed-role/cwrole/explain-access may kinesis:PutRecord on {STREAM}\n  \
             by        statement 1 (line 3) of inline policy cwlpolicy of role cwrole (111111111111)   policies/cwlpermissions.json:3\n  \
             identity  allowed by statement 1 (line 3) of inline policy cwlpolicy of role cwrole (111111111111)\n"
        )
    );
}

#[test]
fn a_denial_says_what_each_side_said() {
    let put = "logs:PutSubscriptionFilter";
    let outsider = tributary(&["explain-access", "--as", "444444444444", put, DESTINATION]);
    assert_eq!(outsider.code, 100, "{}{}", outsider.out, outsider.err);
    let told = outsider.out;
    assert!(
        told.starts_with("✗ denied, as nothing allows it: arn:aws:iam::444444444444:root may not"),
        "{told}"
    );
    assert!(told.contains("admits 222222222222, 333333333333, 111111111111 only"), "{told}");
    assert!(told.contains("  identity  allowed (root of 444444444444)\n"), "{told}");
    assert!(told.contains("  resource  no statement matches this account\n"), "{told}");
    assert!(told.contains("policies/destination_policy_with_master.json:4"), "{told}");
    for member in ["member-1", "333333333333", "arn:aws:iam::333333333333:root"] {
        let ended = tributary(&["explain-access", "--as", member, put, DESTINATION]);
        assert_eq!(ended.code, 0, "{member}: {}{}", ended.out, ended.err);
    }
    let ninth = ["explain-access", "--as", "member-9", put, DESTINATION, "--members", "9"];
    assert_eq!(tributary(&ninth).code, 0);
    let other = tributary(&["explain-access", "--as", "cwrole", "kinesis:PutRecords", STREAM]);
    assert_eq!(other.code, 100);
    assert!(
        other.out.contains("near miss statement 1 (line 3) of inline policy cwlpolicy"),
        "{}",
        other.out
    );
    assert!(
        other.out.contains("allows kinesis:PutRecord, the action is kinesis:PutRecords"),
        "{}",
        other.out
    );
}

#[test]
fn services_are_asked_with_their_source() {
    let assume = |who: &str, context: &[&str]| {
        let mut args = vec!["explain-access", "--as", who, "sts:AssumeRole", ROLE];
        for pair in context {
            args.extend(["--context", pair]);
        }
        tributary(&args)
    };
    let source = "aws:SourceArn=arn:aws:logs:us-west-2:222222222222:log-group:g:*";
    let allowed = assume("logs.amazonaws.com", &[source]);
    assert_eq!(allowed.code, 0, "{}{}", allowed.out, allowed.err);
    assert!(allowed.out.contains("trust policy of role cwrole"), "{}", allowed.out);
    assert_eq!(assume("firehose.amazonaws.com", &[source]).code, 100);
    let trust = "arn:aws:iam::111111111111:role/firehose_delivery_role";
    let lacking =
        tributary(&["explain-access", "--as", "firehose.amazonaws.com", "sts:AssumeRole", trust]);
    assert_eq!(lacking.code, 100);
    assert!(lacking.out.contains("lacking   sts:ExternalId"), "{}", lacking.out);
    let differing = tributary(&[
        "explain-access",
        "--as",
        "firehose.amazonaws.com",
        "sts:AssumeRole",
        trust,
        "--context",
        "sts:ExternalId=7",
    ]);
    assert!(
        differing
            .out
            .contains("expected  sts:ExternalId 111111111111\n  found     sts:ExternalId 7\n"),
        "{}",
        differing.out
    );
    let bucket = "arn:aws:s3:::cloudtrail-all-accounts-demo/AWSLogs/222222222222/CloudTrail/x";
    let put =
        ["explain-access", "--as", "cloudtrail.amazonaws.com", "s3:PutObject", bucket, "--context"];
    let with = |acl| tributary(&[&put[..], &[acl]].concat()).code;
    assert_eq!(with("s3:x-amz-acl=bucket-owner-full-control"), 0);
    assert_eq!(with("s3:x-amz-acl=private"), 100);
}

#[test]
fn a_question_that_cannot_be_asked_gets_a_sentence() {
    #[rustfmt::skip]
    let rows: &[(&[&str], &str)] = &[
        (&["--as", "nobody", "kinesis:PutRecord", STREAM], "'nobody' is nobody here"),
        (&["--as", "member-3", "kinesis:PutRecord", STREAM], "member-1 to member-2"),
        (&["--as", "master", "PutRecord", STREAM], "'PutRecord' is no action"),
        (&["--as", "master", "kinesis:PutRecord", "Demo_Kinesis_Stream"], "is no resource"),
        (&["--as", "master", "kinesis:PutRecord"], "RESOURCE"),
        (&["--as", "master", "kinesis:PutRecord", STREAM, "--context", "x"], "'x' is not KEY=VALUE"),
        (&["--as", "master", "kinesis:PutRecord", STREAM, "--scenario", "nothing"], "no scenario 'nothing'"),
        (&[], "--as"),
        (&["--request", "nowhere.jsonl"], "nowhere.jsonl cannot be read"),
    ];
    for (args, told) in rows {
        let ended = tributary(&[&["explain-access"], *args].concat());
        assert_eq!(ended.code, 2, "{args:?}: {}{}", ended.out, ended.err);
        assert!(ended.err.contains(told), "{args:?}: {}", ended.err);
    }
    let doubtful = tributary(&["explain-access", "--as", "cwrole", "kinesis:PutRecrod", STREAM]);
    assert!(doubtful.out.contains("did you mean kinesis:PutRecord?"), "{}", doubtful.out);
}

#[test]
fn requests_are_answered_line_by_line() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("requests.jsonl");
    let request = r#"{"PolicyInputList":["{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"],"ActionNames":["s3:GetObject","kinesis:PutRecord"],"CallerArn":"arn:aws:iam::111111111111:user/ann"}"#;
    fs::write(&file, format!("{request}\nno json\n\n{request}\n")).unwrap();
    let ended = tributary(&["explain-access", "--request", &file.to_string_lossy()]);
    assert_eq!(ended.code, 0);
    let lines: Vec<Value> =
        ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["EvaluationResults"][0]["EvalDecision"], "allowed");
    assert_eq!(lines[0]["EvaluationResults"][1]["EvalDecision"], "implicitDeny");
    assert!(lines[1]["error"].is_string());
    assert_eq!(lines[2], lines[0]);
}

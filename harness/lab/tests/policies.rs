//! Without a policy that a hop needs, or with a wrong one, exactly that hop stops: the report says
//! which policy, and nothing else changes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use std::collections::BTreeMap;
use std::path::Path;

use tributary::{CloudTrail, Delivered, GuardDuty, Lab, LabBuilder, Step, VpcFlowLogs, minutes};

const ALL: [&str; 3] = ["vpc-flow-logs", "cloudtrail", "guardduty"];
const FLOWS: &[&str] = &["vpc-flow-logs"];
const TRAILS: &[&str] = &["cloudtrail"];
const FINDINGS: &[&str] = &["guardduty"];
const NOTHING: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*" }]
}"#;

async fn run(builder: LabBuilder) -> Delivered {
    let lab = builder.start().await.unwrap();
    let loads = [
        VpcFlowLogs::per_second(8).lasting(minutes(3)),
        CloudTrail::per_second(4).lasting(minutes(3)),
        GuardDuty::per_second(0.2).lasting(minutes(3)),
    ];
    lab.send_all(loads.to_vec()).await.unwrap();
    lab.settle().await.unwrap()
}

fn document(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = folder.join("../../scenarios/centralized-logging/policies").join(file);
    std::fs::read_to_string(path).unwrap()
}

fn told(delivered: &Delivered) -> String {
    let causes = &delivered.run().causes;
    causes
        .iter()
        .map(|cause| {
            let place = cause.policy.clone().unwrap_or_default();
            format!("{} {place}\n{}\n", cause.cause, cause.explanation.join("\n"))
        })
        .collect()
}

/// The sources of which every event is lost; one that lost only some is an error.
fn silent(delivered: &Delivered) -> Vec<&'static str> {
    let by_source = &delivered.run().delivery.by_source;
    ALL.into_iter()
        .filter(|source| {
            let counts = &by_source[*source];
            assert!(counts.generated > 0, "{source}");
            let missing = counts.lost + counts.failed + counts.in_flight;
            assert!([0, counts.generated].contains(&missing), "{source}: {counts:?}");
            missing > 0
        })
        .collect()
}

/// What is changed in a document, what stops by it, and what the report has to name.
struct Case {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    stops: &'static [&'static str],
    names: &'static str,
}

const CASES: &[Case] = &[
    Case {
        file: "cwltrustpolicy.json",
        from: "logs.<REGION>",
        to: "logs.eu-west-1",
        stops: &ALL,
        names: "cwrole",
    },
    Case {
        file: "cwlpermissions.json",
        from: "kinesis:PutRecord",
        to: "kinesis:GetRecords",
        stops: &ALL,
        names: "kinesis:PutRecord",
    },
    Case {
        file: "cwlpermissions.json",
        from: "stream/Demo_Kinesis_Stream",
        to: "stream/Another",
        stops: &ALL,
        names: "stream/Another",
    },
    // Within an account the identity's permission does, once there is a policy; others need it.
    Case {
        file: "destination_policy_with_master.json",
        from: "\"<MEMBER_ACCOUNT_ID>\",",
        to: "\"999999999999\",",
        stops: &["vpc-flow-logs", "cloudtrail"],
        names: "kinesisDest",
    },
    Case {
        file: "flowlogs_trust.json",
        from: "vpc-flow-logs.amazonaws.com",
        to: "ec2.amazonaws.com",
        stops: FLOWS,
        names: "Demo_flowlogsrole",
    },
    Case {
        file: "flowlogs_trust.json",
        from: "\"<ACCOUNT_ID>\"",
        to: "\"999999999999\"",
        stops: FLOWS,
        names: "aws:SourceAccount",
    },
    Case {
        file: "flowlogs_permissions.json",
        from: "logs:PutLogEvents",
        to: "logs:GetLogEvents",
        stops: FLOWS,
        names: "logs:PutLogEvents",
    },
    Case {
        file: "flowlogs_permissions.json",
        from: "\"Resource\": \"*\"",
        to: "\"Resource\": \"arn:aws:logs:*:*:log-group:other:*\"",
        stops: FLOWS,
        names: "log-group:other",
    },
    Case {
        file: "cloudtrail_bucket_policy.json",
        from: "bucket-owner-full-control",
        to: "private",
        stops: TRAILS,
        names: "s3:x-amz-acl",
    },
    Case {
        file: "cloudtrail_bucket_policy.json",
        from: "s3:GetBucketAcl",
        to: "s3:GetBucketTagging",
        stops: TRAILS,
        names: "cloudtrail-all-accounts-demo",
    },
    Case {
        file: "cloudtrail_logs_trust.json",
        from: "cloudtrail.amazonaws.com",
        to: "config.amazonaws.com",
        stops: TRAILS,
        names: "CloudTrail_CloudWatchLogs_Role",
    },
    Case {
        file: "cloudtrail_logs_permissions.json",
        from: "\"logs:PutLogEvents\"",
        to: "\"logs:GetLogEvents\"",
        stops: TRAILS,
        names: "logs:PutLogEvents",
    },
    Case {
        file: "events_log_group_policy.json",
        from: "events.amazonaws.com\", \"delivery.logs.amazonaws.com",
        to: "config.amazonaws.com",
        stops: FINDINGS,
        names: "/aws/events/guardduty-demo",
    },
    Case {
        file: "events_log_group_policy.json",
        from: "/aws/events/*",
        to: "/aws/other/*",
        stops: FINDINGS,
        names: "/aws/other/*",
    },
    Case {
        file: "firehose_trust.json",
        from: "firehose.amazonaws.com",
        to: "lambda.amazonaws.com",
        stops: &ALL,
        names: "firehose_delivery_role",
    },
    Case {
        file: "firehose_permissions.json",
        from: "kinesis:GetRecords",
        to: "kinesis:DescribeLimits",
        stops: &ALL,
        names: "kinesis:GetRecords",
    },
];

#[tokio::test]
async fn a_wrong_policy_stops_exactly_its_hop_and_is_named() {
    let mut wrong = Vec::new();
    for Case { file, from, to, stops, names } in CASES {
        let text = document(file);
        assert!(text.contains(from), "{file} has no {from}");
        let builder = Lab::centralized_logging().policy(file, &text.replace(from, to));
        let delivered = run(builder).await;
        let (silent, told) = (silent(&delivered), told(&delivered));
        if silent != *stops || !told.contains(names) || !told.contains(&format!("policies/{file}"))
        {
            wrong.push(format!("{file}: {from} → {to} stopped {silent:?}, and told\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_missing_policy_stops_exactly_its_hop() {
    let cases: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("cwltrustpolicy.json", &ALL[..]),
        ("cwlpermissions.json", &ALL),
        ("flowlogs_trust.json", FLOWS),
        ("flowlogs_permissions.json", FLOWS),
        ("cloudtrail_bucket_policy.json", TRAILS),
        ("cloudtrail_logs_trust.json", TRAILS),
        ("cloudtrail_logs_permissions.json", TRAILS),
        ("events_log_group_policy.json", FINDINGS),
        ("destination_policy_with_master.json", &[]),
    ]);
    for (file, stops) in cases {
        let delivered = run(Lab::centralized_logging().without_policy(file)).await;
        let told = told(&delivered);
        assert_eq!(silent(&delivered), stops, "{file}: {told}");
        assert!(told.contains(file) || stops.is_empty(), "{file}: {told}");
    }
}

#[tokio::test]
async fn a_destination_that_admits_one_member_keeps_the_other_out() {
    let text = document("destination_policy.json").replace("<MEMBER_ACCOUNT_ID>", "222222222222");
    let delivered = run(Lab::centralized_logging().policy("destination_policy.json", &text)).await;
    let by_account = &delivered.run().delivery.by_account;
    assert_eq!(by_account["111111111111"].lost, 0);
    assert_eq!(by_account["222222222222"].lost, 0);
    let other = &by_account["333333333333"];
    let findings = other.generated - other.lost;
    assert!(findings > 0 && findings < 40, "only its findings go by the master: {other:?}");
    let told = told(&delivered);
    assert!(told.contains("PutSubscriptionFilter was refused"), "{told}");
    assert!(told.contains("policies/destination_policy.json"), "{told}");
    let mends: Vec<&String> =
        delivered.run().causes.iter().filter_map(|cause| cause.mend.as_ref()).collect();
    assert!(mends.iter().any(|mend| mend.contains("add \"333333333333\"")), "{mends:?}");
    assert_eq!(delivered.run().exit_code, 100);
}

#[tokio::test]
async fn without_firehoses_permissions_nothing_is_read_or_written() {
    let builder = Lab::centralized_logging().policy("firehose_permissions.json", NOTHING);
    let delivered = run(builder).await;
    let stage = |name: &str| {
        delivered.run().stages.iter().find(|figures| figures.stage == name).unwrap().events
    };
    assert_eq!(stage("kinesis"), delivered.counts().generated);
    assert_eq!(delivered.counts().indexed, 0);
    assert_eq!(delivered.counts().backed_up, 0);
    let told = told(&delivered);
    assert!(told.contains("firehose_delivery_role"), "{told}");
}

#[tokio::test]
async fn a_step_that_is_left_out_stops_what_follows_from_it() {
    for (step, stops) in [
        (Step::FlowLogs, FLOWS),
        (Step::FlowLogsFilter, FLOWS),
        (Step::TrailBucketPolicy, TRAILS),
        (Step::Trail, TRAILS),
        (Step::TrailFilter, TRAILS),
        (Step::FindingsRule, FINDINGS),
        (Step::FindingsGroupPolicy, FINDINGS),
        (Step::DestinationPolicyWithMaster, &[]),
        (Step::FindingsFilter, FINDINGS),
        (Step::DeliveryStream, &ALL),
        (Step::Destination, &ALL),
    ] {
        let delivered = run(Lab::centralized_logging().without(step)).await;
        assert_eq!(silent(&delivered), stops, "{step}: {}", told(&delivered));
        assert!(stops.is_empty() || !delivered.run().causes.is_empty(), "{step}");
    }
}

const ORGANISATION: &str = r#"
name: organisation
topology:
  organization: { id: o-abcde12345, SCPS }
load:
  - { source: vpc-flow-logs, rate: 8, for: 3m }
  - { source: cloudtrail, rate: 4, for: 3m }
  - { source: guardduty, rate: 0.2, for: 3m }
"#;

/// A scenario of a folder of its own, with more and with other documents.
async fn in_organisation(name: &str, scps: &str, documents: &[(&str, &str)]) -> tributary::Run {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let policies = folder.join("policies");
    std::fs::create_dir_all(&policies).unwrap();
    std::fs::write(folder.join("scenario.yaml"), ORGANISATION.replace("SCPS", scps)).unwrap();
    let published =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/centralized-logging/policies");
    for file in std::fs::read_dir(published).unwrap().flatten() {
        std::fs::copy(file.path(), policies.join(file.file_name())).unwrap();
    }
    for (file, text) in documents {
        std::fs::write(policies.join(file), text).unwrap();
    }
    let scenario = tributary::Scenario::read(&folder).unwrap();
    tributary::run_scenario(&scenario, &tributary::Overrides::default()).await.unwrap()
}

#[tokio::test]
async fn a_service_control_policy_stops_what_it_denies_in_the_members() {
    let scp = r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Deny",
        "Action": "cloudtrail:StartLogging", "Resource": "*" } }"#;
    let run = in_organisation("scp", "scps: [scp.json]", &[("scp.json", scp)]).await;
    let lost = |source: &str| run.delivery.by_source[source].lost;
    assert_eq!(lost("vpc-flow-logs") + lost("guardduty"), 0);
    assert_eq!(lost("cloudtrail"), run.delivery.by_source["cloudtrail"].generated);
    let told: String = run.causes.iter().map(|cause| cause.explanation.join("\n")).collect();
    assert!(told.contains("explicit deny in a service control policy"), "{told}");
}

#[tokio::test]
async fn a_destination_may_admit_the_organisation() {
    let admit = |id: &str| {
        format!(
            r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Principal": "*",
            "Action": "logs:PutSubscriptionFilter",
            "Resource": "arn:aws:logs:<REGION>:<MASTER_ACCOUNT_ID>:destination:kinesisDest",
            "Condition": {{ "StringEquals": {{ "aws:PrincipalOrgID": "{id}" }} }} }}] }}"#
        )
    };
    let (own, other) = (admit("o-abcde12345"), admit("o-zzzzz12345"));
    let files = ["destination_policy.json", "destination_policy_with_master.json"];
    let run = in_organisation("own-org", "scps: []", &files.map(|file| (file, own.as_str()))).await;
    assert_eq!(run.exit_code, 0, "{:?}", run.causes);
    let run =
        in_organisation("other-org", "scps: []", &files.map(|file| (file, other.as_str()))).await;
    assert_eq!(run.delivery.by_source["cloudtrail"].indexed, 0);
    let told: String = run.causes.iter().map(|cause| cause.explanation.join("\n")).collect();
    assert!(told.contains("aws:PrincipalOrgID") && told.contains("o-abcde12345"), "{told}");
}

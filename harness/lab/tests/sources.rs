//! All three sources flow: what the ends hold equals what was sent, by source, account and log
//! stream, and incidents are seen consistently.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tributary::{CloudTrail, GuardDuty, Incident, Lab, LabBuilder, Load, VpcFlowLogs, minutes};

fn loads() -> Vec<Load> {
    vec![
        VpcFlowLogs::per_second(20).lasting(minutes(5)),
        CloudTrail::per_second(5).lasting(minutes(5)),
        GuardDuty::per_second(0.1).lasting(minutes(5)),
    ]
}

async fn sent(builder: LabBuilder) -> Lab {
    let lab = builder.transform("builtin:documents").start().await.unwrap();
    lab.send_all(loads()).await.unwrap();
    lab.settle().await.unwrap().assert_complete();
    lab
}

/// The events of the index by owner, log group and log stream.
fn indexed(lab: &Lab) -> BTreeMap<(String, String, String), u64> {
    let mut counts = BTreeMap::new();
    let query = json!({ "size": 10_000, "_source": ["owner", "logGroup", "logStream"] });
    let answer = lab.opensearch().search("logs-*", &query).unwrap();
    for hit in answer["hits"]["hits"].as_array().unwrap() {
        let text = |name: &str| hit["_source"][name].as_str().unwrap().to_owned();
        *counts.entry((text("owner"), text("logGroup"), text("logStream"))).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn the_ends_hold_what_the_truth_says_by_log_stream() {
    let lab = sent(Lab::centralized_logging()).await;
    let mut wanted = BTreeMap::new();
    for truth in lab.truth() {
        for (source, of_source) in truth.by_source {
            for (account, of_account) in of_source.by_account {
                let member = (account.as_bytes()[0] - b'1').to_string();
                let (owner, group) = match source {
                    "vpc-flow-logs" => (account, format!("cwl_vpc_fl_member_account_{member}")),
                    "cloudtrail" => (account, format!("CloudTrail/member_account_{member}")),
                    _ => ("111111111111".to_owned(), "/aws/events/guardduty-demo".to_owned()),
                };
                for (stream, events) in of_account.by_log_stream {
                    *wanted.entry((owner.clone(), group.clone(), stream)).or_default() += events;
                }
            }
        }
    }
    assert_eq!(wanted.values().sum::<u64>(), 20 * 300 + 5 * 300 + 30);
    assert_eq!(indexed(&lab), wanted);
}

#[tokio::test]
async fn a_custom_format_is_followed_too() {
    let format = "${version} ${vpc-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} \
         ${protocol} ${start} ${end} ${action} ${tcp-flags} ${log-status}";
    let lab = sent(Lab::centralized_logging().flow_format(format.parse().unwrap())).await;
    let flow_logs = lab
        .signed("member-1")
        .unwrap()
        .send(&tributary::SignedCall {
            service: "ec2",
            method: http::Method::POST,
            url: "https://ec2.us-west-2.amazonaws.com/".to_owned(),
            content_type: "application/x-www-form-urlencoded",
            target: None,
            body: "Action=DescribeFlowLogs&Version=2016-11-15".into(),
        })
        .unwrap();
    let text = String::from_utf8_lossy(&flow_logs.body).into_owned();
    assert!(text.contains("${tcp-flags}"), "{text}");
    assert!(text.contains("<deliverLogsStatus>SUCCESS</deliverLogsStatus>"), "{text}");
    let poor = Lab::centralized_logging().flow_format("${srcaddr}".parse().unwrap()).start().await;
    let Err(error) = poor else { panic!("records of it cannot be told apart") };
    let error = error.to_string();
    assert!(error.contains("lacks interface-id"), "{error}");
}

#[tokio::test]
async fn an_incident_is_seen_in_all_three_sources() {
    let lab = sent(Lab::centralized_logging().incident(Incident::Exfiltration)).await;
    let planted = lab.truth()[0].planted.clone();
    assert_eq!(planted.len(), 1);
    let address = &planted[0].matches["cloudtrail"]["sourceIPAddress"][0];
    let query = json!({ "size": 10_000, "_source": ["message", "logGroup"] });
    let answer: Value = lab.opensearch().search("logs-*", &query).unwrap();
    for (group, events) in [
        ("cwl_vpc_fl", planted[0].events["vpc-flow-logs"]),
        ("CloudTrail/", planted[0].events["cloudtrail"]),
        ("/aws/events", planted[0].events["guardduty"]),
    ] {
        let found = answer["hits"]["hits"].as_array().unwrap().iter().filter(|hit| {
            let source = &hit["_source"];
            source["logGroup"].as_str().unwrap().starts_with(group)
                && source["message"].as_str().unwrap().contains(address.as_str())
        });
        assert_eq!(found.count() as u64, events, "{group} {address}");
    }
}

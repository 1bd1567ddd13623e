//! The SDK's own clients at the in-process door: what the harness counts is what others read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tributary::{Lab, VpcFlowLogs, minutes};
use tributary_transform::inflate;

/// Every message in the S3 backup, as another reader of the bucket would read it.
async fn messages_in_s3(lab: &Lab) -> Vec<String> {
    let s3 = aws_sdk_s3::Client::new(&lab.sdk_config("master"));
    let mut messages = Vec::new();
    let mut pages = s3.list_objects_v2().bucket("demo-logs-s3").into_paginator().send();
    while let Some(page) = pages.next().await {
        for object in page.unwrap().contents() {
            let got = s3
                .get_object()
                .bucket("demo-logs-s3")
                .key(object.key().unwrap())
                .send()
                .await
                .unwrap();
            let body = got.body.collect().await.unwrap().into_bytes();
            let json = inflate(&body).expect("a backup holds gzip members");
            for envelope in serde_json::Deserializer::from_slice(&json).into_iter::<Value>() {
                let envelope = envelope.unwrap();
                if envelope["messageType"] == "CONTROL_MESSAGE" {
                    continue;
                }
                for event in envelope["logEvents"].as_array().unwrap() {
                    messages.push(event["message"].as_str().unwrap().to_owned());
                }
            }
        }
    }
    messages
}

/// Every message in the index, page by page.
fn messages_in_opensearch(lab: &Lab) -> Vec<String> {
    let mut messages = Vec::new();
    for page in 0.. {
        let query = json!({ "from": page * 100, "size": 100, "query": { "match_all": {} } });
        let found = lab.opensearch().search("logs-*", &query).unwrap();
        let hits = found["hits"]["hits"].as_array().unwrap();
        if hits.is_empty() {
            break;
        }
        for hit in hits {
            for event in hit["_source"]["logEvents"].as_array().unwrap() {
                messages.push(event["message"].as_str().unwrap().to_owned());
            }
        }
    }
    messages
}

#[tokio::test]
async fn others_read_at_both_ends_what_lies_in_the_log_groups() {
    let lab = Lab::centralized_logging().start().await.unwrap();
    lab.send(VpcFlowLogs::per_second(10).lasting(minutes(2))).await.unwrap();
    lab.settle().await.unwrap().assert_complete();
    let mut sent = Vec::new();
    for member in 1..=2 {
        let config = lab.sdk_config(&format!("member-{member}"));
        let logs = aws_sdk_cloudwatchlogs::Client::new(&config);
        let mut pages = logs
            .filter_log_events()
            .log_group_name(format!("cwl_vpc_fl_member_account_{member}"))
            .into_paginator()
            .send();
        while let Some(page) = pages.next().await {
            for event in page.unwrap().events() {
                sent.push(event.message().unwrap().to_owned());
            }
        }
    }
    sent.sort();
    assert_eq!(sent.len(), 1_200);
    assert_eq!(sent.iter().collect::<BTreeSet<_>>().len(), 1_200);
    let mut in_s3 = messages_in_s3(&lab).await;
    in_s3.sort();
    assert_eq!(in_s3, sent);
    let mut in_opensearch = messages_in_opensearch(&lab);
    in_opensearch.sort();
    assert_eq!(in_opensearch, sent);
}

#[tokio::test]
async fn the_topology_is_as_its_author_set_it_up() {
    let lab = Lab::centralized_logging().start().await.unwrap();
    let master = lab.sdk_config("master");
    let kinesis = aws_sdk_kinesis::Client::new(&master);
    let stream = kinesis
        .describe_stream_summary()
        .stream_name("Demo_Kinesis_Stream")
        .send()
        .await
        .unwrap()
        .stream_description_summary
        .unwrap();
    assert_eq!((stream.open_shard_count, stream.retention_period_hours), (4, 168));
    let logs = aws_sdk_cloudwatchlogs::Client::new(&master);
    let destinations = logs.describe_destinations().send().await.unwrap();
    let destination = &destinations.destinations()[0];
    assert_eq!(destination.destination_name(), Some("kinesisDest"));
    let policy = destination.access_policy().unwrap();
    assert!(policy.contains("222222222222") && policy.contains("333333333333"), "{policy}");
    let member = aws_sdk_cloudwatchlogs::Client::new(&lab.sdk_config("member-2"));
    let filters = member
        .describe_subscription_filters()
        .log_group_name("cwl_vpc_fl_member_account_2")
        .send()
        .await
        .unwrap();
    let filter = &filters.subscription_filters()[0];
    assert_eq!(filter.filter_name(), Some("vpc_flow_logs_filter"));
    assert_eq!(filter.filter_pattern(), Some(" "));
    assert_eq!(filter.destination_arn(), destination.arn());
}

#[tokio::test]
async fn an_account_does_not_see_anothers_resources() {
    let lab = Lab::centralized_logging().start().await.unwrap();
    let kinesis = aws_sdk_kinesis::Client::new(&lab.sdk_config("member-1"));
    assert!(kinesis.list_streams().send().await.unwrap().stream_names().is_empty());
    let s3 = aws_sdk_s3::Client::new(&lab.sdk_config("member-1"));
    let error = s3.list_objects_v2().bucket("demo-logs-s3").send().await.unwrap_err();
    let code = aws_sdk_s3::error::ProvideErrorMetadata::code(&error).map(str::to_owned);
    assert_eq!(code.as_deref(), Some("AccessDenied"));
}

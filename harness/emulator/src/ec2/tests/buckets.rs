//! What flow logs write to buckets.

use std::io::Read;

use http::Method;
use serde_json::{Value, json};

use super::{ACCOUNT, Site, VPC, line, site};

const KEY: &str = "AWSLogs/111111111111/vpcflowlogs/us-west-2/2026/01/01/";

fn s3(site: &mut Site, method: Method, path: &str, body: String) {
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={ACCOUNT}/20260101/us-west-2/s3/aws4_request, \
         SignedHeaders=host, Signature=00"
    );
    let answer = site.wire(method, "s3", path, &authorization, body);
    assert!(answer.status < 300, "{}", answer.body);
}

fn policy(source_account: &str) -> Value {
    let condition = json!({
        "StringEquals": { "aws:SourceAccount": source_account, "s3:x-amz-acl": "bucket-owner-full-control" },
        "ArnLike": { "aws:SourceArn": format!("arn:aws:logs:us-west-2:{ACCOUNT}:*") },
    });
    let principal = json!({ "Service": "delivery.logs.amazonaws.com" });
    json!({ "Version": "2012-10-17", "Statement": [
        {
            "Effect": "Allow", "Principal": principal, "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::flow/*", "Condition": condition,
        },
        {
            "Effect": "Allow", "Principal": principal, "Action": "s3:GetBucketAcl",
            "Resource": "arn:aws:s3:::flow",
        },
    ] })
}

fn with_bucket() -> Site {
    let mut site = site();
    let place = "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";
    s3(&mut site, Method::PUT, "/flow", place.to_owned());
    put_policy(&mut site, &policy(ACCOUNT));
    site
}

fn put_policy(site: &mut Site, policy: &Value) {
    s3(site, Method::PUT, "/flow?policy", policy.to_string());
}

fn request<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut parameters = vec![
        ("ResourceId.1", VPC),
        ("ResourceType", "VPC"),
        ("TrafficType", "ALL"),
        ("LogDestinationType", "s3"),
        ("LogDestination", "arn:aws:s3:::flow"),
    ];
    parameters.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    parameters.extend_from_slice(more);
    parameters
}

fn files(site: &Site) -> Vec<(String, String)> {
    let read = |body: &[u8]| {
        let mut text = String::new();
        flate2::read::GzDecoder::new(body).read_to_string(&mut text).expect("gzip");
        text
    };
    site.world.objects("flow").map(|object| (object.key.to_owned(), read(object.body))).collect()
}

#[test]
fn a_file_for_every_five_minutes_with_a_line_of_names() {
    let mut site = with_bucket();
    let id = site.ok("CreateFlowLogs", &request(&[])).text("item");
    site.publish(&[line(0, "ACCEPT"), line(100, "REJECT"), line(290, "ACCEPT")]);
    assert_eq!(files(&site), []);
    while let Some(due) = site.world.next_deadline() {
        site.world.advance(due);
    }
    assert_eq!(site.world.now().to_string(), "2026-01-01T00:15:00.000Z");
    let files = files(&site);
    assert_eq!(files.len(), 2);
    let name = format!("{KEY}{ACCOUNT}_vpcflowlogs_us-west-2_{id}_20260101T0000Z_");
    assert!(files[0].0.starts_with(&name) && files[0].0.ends_with(".log.gz"), "{}", files[0].0);
    assert_eq!(files[0].0.len(), name.len() + "12345678.log.gz".len());
    let lines: Vec<&str> = files[0].1.lines().collect();
    assert!(lines[0].starts_with("version account-id interface-id srcaddr"));
    assert_eq!(lines[1..], [line(0, "ACCEPT"), line(100, "REJECT")]);
    assert!(files[1].0.contains("_20260101T0005Z_"), "{}", files[1].0);
    assert_eq!(files[1].1.lines().count(), 2);
    let (code, message, _) = &site.heard().unpublished[0];
    assert_eq!(code, "OtherDestination", "{message}");
}

#[test]
fn folders_are_as_the_options_say() {
    let mut site = with_bucket();
    let hive = ("DestinationOptions.HiveCompatiblePartitions", "true");
    let hour = ("DestinationOptions.PerHourPartition", "true");
    let folder = ("LogDestination", "arn:aws:s3:::flow/some/folder/");
    let described = site.ok("CreateFlowLogs", &request(&[hive, hour, folder])).text("item");
    let found = site.ok("DescribeFlowLogs", &[]);
    assert_eq!(found.text("hiveCompatiblePartitions"), "true");
    assert_eq!(found.text("fileFormat"), "plain-text");
    site.publish(&[line(3_700, "ACCEPT")]);
    site.ok("DeleteFlowLogs", &[("FlowLogId.1", &described)]);
    let files = files(&site);
    let start = "some/folder/AWSLogs/aws-account-id=111111111111/aws-service=vpcflowlogs/\
                 aws-region=us-west-2/year=2026/month=01/day=01/hour=01/";
    assert!(files[0].0.starts_with(start), "{}", files[0].0);
}

#[test]
fn the_bucket_policy_decides_at_creation_and_later() {
    let mut site = with_bucket();
    let mut denied = policy(ACCOUNT);
    denied["Statement"][0]["Effect"] = json!("Deny");
    put_policy(&mut site, &denied);
    let refused = site.ok("CreateFlowLogs", &request(&[]));
    assert_eq!(refused.text("code"), "400");
    assert!(refused.text("message").starts_with("Access Denied for LogDestination: flow."));
    put_policy(&mut site, &policy(ACCOUNT));
    site.ok("CreateFlowLogs", &request(&[]));
    put_policy(&mut site, &policy("222222222222"));
    site.publish(&[line(0, "ACCEPT")]);
    while let Some(due) = site.world.next_deadline() {
        site.world.advance(due);
    }
    assert_eq!(site.delivery(), ("FAILED".to_owned(), "Access error".to_owned()));
    assert_eq!(files(&site), []);
    put_policy(&mut site, &policy(ACCOUNT));
    site.publish(&[line(0, "ACCEPT")]);
    while let Some(due) = site.world.next_deadline() {
        site.world.advance(due);
    }
    assert_eq!(site.delivery().0, "SUCCESS");
    assert_eq!(files(&site).len(), 1);
}

#[test]
fn the_owner_of_a_bucket_gets_the_statements_added() {
    let mut site = with_bucket();
    put_policy(&mut site, &policy("222222222222"));
    site.ok("CreateFlowLogs", &request(&[("LogDestination", "arn:aws:s3:::flow/a")]));
    let text = site.world.buckets().next().and_then(|bucket| bucket.policy.clone());
    let text = text.expect("a policy").document.text().to_owned();
    let policy: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(policy["Statement"].as_array().map(Vec::len), Some(4));
    assert_eq!(policy["Statement"][2]["Resource"], "arn:aws:s3:::flow/a/AWSLogs/111111111111/*");
    site.publish(&[line(0, "ACCEPT")]);
    while let Some(due) = site.world.next_deadline() {
        site.world.advance(due);
    }
    assert_eq!(site.delivery().0, "SUCCESS");
    assert_eq!(files(&site).len(), 1);
}

#[test]
fn the_bucket_of_another_account_has_to_admit_by_itself() {
    let mut site = with_bucket();
    let vpc = site.send(
        "222222222222",
        "ec2",
        "2016-11-15",
        "CreateVpc",
        &[("CidrBlock", "10.0.0.0/16")],
    );
    let vpc = vpc.text("vpcId");
    let asked = request(&[("ResourceId.1", &vpc)]);
    let make =
        |site: &mut Site| site.send("222222222222", "ec2", "2016-11-15", "CreateFlowLogs", &asked);
    assert_eq!(make(&mut site).text("code"), "400");
    let mut open = policy("222222222222");
    open["Statement"][0]["Condition"]["ArnLike"]["aws:SourceArn"] =
        json!("arn:aws:logs:us-west-2:222222222222:*");
    put_policy(&mut site, &open);
    assert!(make(&mut site).text("item").starts_with("fl-"));
}

//! CreateFlowLogs, DescribeFlowLogs, DeleteFlowLogs at their wire.

use tributary_vocabulary::{AccountId, Region};

use super::{ACCOUNT, GROUP, ROLE, SUBNET, Site, VPC, permissions, site, trust};
use crate::kernel::Caller;

fn ready() -> Site {
    let mut site = site();
    site.role(&trust(), &permissions());
    site
}

const BASE: [(&str, &str); 5] = [
    ("ResourceId.1", VPC),
    ("ResourceType", "VPC"),
    ("TrafficType", "ALL"),
    ("LogGroupName", GROUP),
    ("DeliverLogsPermissionArn", ROLE),
];

/// The base request with these members in place of its own; an empty value leaves one out.
fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut parameters: Vec<_> = BASE
        .into_iter()
        .filter(|(name, _)| !changes.iter().any(|(other, _)| other == name))
        .collect();
    parameters.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    parameters
}

#[test]
fn a_flow_log_is_described_as_it_was_made() {
    let mut site = ready();
    let made = site.ok(
        "CreateFlowLogs",
        &with(&[
            ("MaxAggregationInterval", "60"),
            ("TagSpecification.1.ResourceType", "vpc-flow-log"),
            ("TagSpecification.1.Tag.1.Key", "team"),
            ("TagSpecification.1.Tag.1.Value", "net"),
        ]),
    );
    let id = made.text("item");
    assert_eq!((id.len(), made.text("clientToken").len()), (20, 36));
    assert!(made.body.contains("<unsuccessful/>"), "{}", made.body);
    assert!(made.body.contains(
        "<CreateFlowLogsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>"
    ));
    let found = site.ok("DescribeFlowLogs", &[("FlowLogId.1", &id)]);
    for (name, value) in [
        ("creationTime", "2026-01-01T00:00:00.000Z"),
        ("flowLogId", id.as_str()),
        ("flowLogStatus", "ACTIVE"),
        ("resourceId", VPC),
        ("trafficType", "ALL"),
        ("logDestinationType", "cloud-watch-logs"),
        ("logGroupName", GROUP),
        ("deliverLogsPermissionArn", ROLE),
        ("deliverLogsStatus", "SUCCESS"),
        ("maxAggregationInterval", "60"),
        ("key", "team"),
    ] {
        assert_eq!(found.text(name), value, "{}", found.body);
    }
    assert!(found.text("logFormat").starts_with("${version} ${account-id}"));
    assert_eq!(found.count("deliverLogsErrorMessage"), 0);
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let mut site = ready();
    let too_many: Vec<(String, &str)> =
        (1..=301).map(|n| (format!("ResourceId.{n}"), VPC)).collect();
    let too_many: Vec<(&str, &str)> = too_many.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    let missing_role = format!("arn:aws:iam::{ACCOUNT}:role/nobody");
    for (changes, code, part) in [
        (vec![("ResourceId.1", "")], "MissingParameter", "ResourceIds"),
        (vec![("ResourceType", "")], "MissingParameter", "ResourceType"),
        (vec![("ResourceType", "Vpc")], "InvalidParameterValue", "resourceType"),
        (vec![("TrafficType", "")], "MissingParameter", "TrafficType"),
        (vec![("TrafficType", "SOME")], "InvalidParameterValue", "trafficType"),
        (vec![("MaxAggregationInterval", "30")], "InvalidParameter", "Aggregation Interval"),
        (vec![("LogGroupName", "")], "InvalidParameter", "LogDestination can't be empty"),
        (
            vec![("LogDestination", "arn:aws:logs:us-west-2:111111111111:log-group:g")],
            "InvalidParameter",
            "Please only provide",
        ),
        (vec![("DeliverLogsPermissionArn", "")], "InvalidParameter", "DeliverLogsPermissionArn"),
        (vec![("DeliverLogsPermissionArn", &missing_role)], "InvalidParameter", "Unable to assume"),
        (
            vec![("DeliverCrossAccountRole", ROLE), ("DeliverLogsPermissionArn", "")],
            "InvalidParameter",
            "both the DeliverLogsPermissionArn and DeliverCrossAccountRole",
        ),
        (vec![("LogFormat", "${version} ${nonsense}")], "InvalidParameter", "unknown field"),
        (
            vec![
                ("LogDestinationType", "s3"),
                ("LogGroupName", ""),
                ("LogDestination", "arn:aws:s3:::b"),
            ],
            "InvalidParameter",
            "DeliverLogsPermissionArn is not applicable for s3 delivery",
        ),
        (
            vec![
                ("LogDestinationType", "s3"),
                ("LogGroupName", ""),
                ("DeliverLogsPermissionArn", ""),
                ("LogDestination", "arn:aws:s3:::nowhere"),
            ],
            "LogDestinationNotFoundException",
            "nowhere",
        ),
        (
            vec![
                ("LogDestinationType", "s3"),
                ("LogGroupName", ""),
                ("DeliverLogsPermissionArn", ""),
                ("LogDestination", "arn:aws:s3:::b"),
                ("DestinationOptions.FileFormat", "parquet"),
            ],
            "InvalidParameter",
            "parquet is not supported",
        ),
        (
            vec![("TagSpecification.1.ResourceType", "vpc"), ("TagSpecification.1.Tag.1.Key", "k")],
            "InvalidParameterValue",
            "not a valid taggable resource type",
        ),
        (too_many, "InvalidParameter", "301 resource IDs"),
        (vec![("DryRun", "true")], "DryRunOperation", "Request would have succeeded"),
    ] {
        let answer = site.ec2("CreateFlowLogs", &with(&changes));
        assert_eq!(answer.text("Code"), code, "{}", answer.body);
        assert!(answer.text("Message").contains(part), "{part}: {}", answer.body);
        assert_eq!(answer.status, if code == "DryRunOperation" { 412 } else { 400 });
    }
    assert_eq!(site.ok("DescribeFlowLogs", &[]).count("flowLogId"), 0);
}

#[test]
fn what_fails_for_one_resource_is_told_beside_the_others() {
    let mut site = ready();
    let two = with(&[("ResourceId.1", "vpc-1"), ("ResourceId.2", VPC)]);
    let answer = site.ok("CreateFlowLogs", &two);
    assert_eq!(answer.count("resourceId"), 1);
    assert_eq!(answer.text("code"), "InvalidVpcID.NotFound");
    assert!(answer.text("item").starts_with("fl-"));
    let again = site.ok("CreateFlowLogs", &with(&[]));
    assert_eq!(again.text("code"), "FlowLogAlreadyExists");
    assert!(again.body.contains("<flowLogIdSet/>"));
    site.ok("CreateFlowLogs", &with(&[("TrafficType", "REJECT")]));
    let third = site.ok("CreateFlowLogs", &with(&[("TrafficType", "ACCEPT")]));
    assert_eq!(third.text("code"), "FlowLogsLimitExceeded");
    let other =
        [("ResourceId.1", "tgw-1"), ("ResourceType", "TransitGateway"), ("TrafficType", "")];
    let other = site.ok("CreateFlowLogs", &with(&other));
    assert_eq!(other.text("code"), "InvalidTransitGatewayID.NotFound");
}

#[test]
fn a_client_token_makes_a_request_once() {
    let mut site = ready();
    let first = site.ok("CreateFlowLogs", &with(&[("ClientToken", "t")]));
    let second = site.ok("CreateFlowLogs", &with(&[("ClientToken", "t")]));
    assert_eq!(first.text("item"), second.text("item"));
    assert_eq!(second.text("clientToken"), "t");
    let other =
        site.ec2("CreateFlowLogs", &with(&[("ClientToken", "t"), ("TrafficType", "REJECT")]));
    assert_eq!(other.text("Code"), "IdempotentParameterMismatch");
}

#[test]
fn flow_logs_are_filtered_paged_and_deleted() {
    let mut site = ready();
    let first = site.flow_log(&[]);
    let second = site.flow_log(&[("TrafficType", "REJECT"), ("MaxAggregationInterval", "60")]);
    let subnet = with(&[("ResourceId.1", SUBNET), ("ResourceType", "Subnet")]);
    let third = site.ok("CreateFlowLogs", &subnet).text("item");
    for (name, value, count) in [
        ("traffic-type", "REJECT", 1),
        ("resource-id", VPC, 2),
        ("resource-id", "subnet-*", 1),
        ("log-group-name", GROUP, 3),
        ("deliver-log-status", "FAILED", 0),
        ("log-destination-type", "s3", 0),
        ("flow-log-id", &third, 1),
        ("tag:team", "net", 0),
    ] {
        let answer =
            site.ok("DescribeFlowLogs", &[("Filter.1.Name", name), ("Filter.1.Value.1", value)]);
        assert_eq!(answer.count("flowLogId"), count, "{name} {value}");
    }
    let wrong = site.ec2("DescribeFlowLogs", &[("Filter.1.Name", "x"), ("Filter.1.Value.1", "y")]);
    assert_eq!(wrong.text("Code"), "InvalidParameterValue");
    let page = site.ok("DescribeFlowLogs", &[("MaxResults", "2")]);
    assert_eq!(page.count("flowLogId"), 2);
    let token = page.text("nextToken");
    let page = site.ok("DescribeFlowLogs", &[("MaxResults", "2"), ("NextToken", &token)]);
    assert_eq!((page.count("flowLogId"), page.count("nextToken")), (1, 0));
    let gone = [("FlowLogId.1", first.as_str()), ("FlowLogId.2", "fl-1"), ("FlowLogId.3", &second)];
    let gone = site.ok("DeleteFlowLogs", &gone);
    assert_eq!((gone.text("resourceId").as_str(), gone.count("code")), ("fl-1", 1));
    assert_eq!(gone.text("code"), "InvalidFlowLogId.NotFound");
    assert_eq!(site.ok("DescribeFlowLogs", &[]).text("flowLogId"), third);
    let absent = site.ec2("DescribeFlowLogs", &[("FlowLogId.1", &first)]);
    assert_eq!(absent.text("Code"), "InvalidFlowLogId.NotFound");
}

#[test]
fn roles_are_not_passed_across_accounts_and_strangers_are_told_so() {
    let mut site = ready();
    let far = with(&[("DeliverLogsPermissionArn", "arn:aws:iam::222222222222:role/far")]);
    let answer = site.ec2("CreateFlowLogs", &far);
    assert_eq!((answer.status, answer.text("Code").as_str()), (403, "UnauthorizedOperation"));
    assert!(answer.text("Message").contains("Cross-account pass role is not allowed."));
    let answer = site.send("AKIASTRANGER", "ec2", "2016-11-15", "DescribeFlowLogs", &[]);
    assert_eq!((answer.status, answer.text("Code").as_str()), (401, "AuthFailure"));
    let answer = site.ec2("RunInstances", &[]);
    assert_eq!((answer.status, answer.text("Code").as_str()), (400, "InvalidAction"));
}

#[test]
fn a_trust_policy_may_be_tried_at_creation() {
    let mut site = site();
    site.world.settings.ec2.create_assumes_role = true;
    let mut policy = trust();
    policy["Statement"][0]["Principal"]["Service"] = "ec2.amazonaws.com".into();
    site.role(&policy, &permissions());
    let answer = site.ec2("CreateFlowLogs", &with(&[]));
    assert_eq!(answer.text("Message"), format!("Unable to assume given IAM role: '{ROLE}'"));
}

#[test]
fn the_caller_needs_the_operation_the_role_and_the_tags() {
    let all = ["ec2:CreateFlowLogs", "iam:PassRole", "ec2:CreateTags"];
    let tag = [
        ("TagSpecification.1.ResourceType", "vpc-flow-log"),
        ("TagSpecification.1.Tag.1.Key", "team"),
        ("TagSpecification.1.Tag.1.Value", "net"),
    ];
    for missing in all.into_iter().map(Some).chain([None]) {
        let mut site = ready();
        let actions: Vec<_> = all.into_iter().filter(|a| Some(*a) != missing).collect();
        let policy = serde_json::json!({ "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Action": actions, "Resource": "*" },
        ] });
        let (trust, policy) = (trust().to_string(), policy.to_string());
        let name = ("RoleName", "operator");
        site.iam(ACCOUNT, "CreateRole", &[name, ("AssumeRolePolicyDocument", &trust)]);
        let put = [name, ("PolicyName", "p"), ("PolicyDocument", policy.as_str())];
        site.iam(ACCOUNT, "PutRolePolicy", &put);
        let caller =
            Caller::session(AccountId::repeated(1), Region::us_west_2(), "operator", "session");
        let answer = site.as_caller(&caller, "CreateFlowLogs", &with(&tag));
        match missing {
            None => assert!(answer.text("item").starts_with("fl-"), "{}", answer.body),
            Some(missing) => {
                assert_eq!(answer.text("Code"), "UnauthorizedOperation", "{missing}");
                assert!(answer.text("Message").contains(missing), "{}", answer.body);
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_ids_and_the_same_trace() {
    let run = || {
        let mut site = ready();
        let id = site.flow_log(&[]);
        site.publish(&[super::line(0, "ACCEPT")]);
        (id, site.world.trace_sha256())
    };
    assert_eq!(run(), run());
}

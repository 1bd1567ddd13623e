//! What reaches log groups, and what stops on the way.

use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, EventRecord, Region, Timestamp};

use super::{ACCOUNT, ENI, GROUP, SUBNET, Site, VPC, line, nodata, permissions, site, trust};
use crate::ec2::{Nic, publish};

const ALL: &str = "eni-0aaaaaaaaaaaaaaaa-all";

fn ready() -> Site {
    let mut site = site();
    site.role(&trust(), &permissions());
    site
}

#[test]
fn records_arrive_as_they_are_with_group_and_stream_made_on_first_traffic() {
    let mut site = ready();
    site.flow_log(&[]);
    assert_eq!(site.world.log_groups().count(), 0, "nothing is made before there is traffic");
    let lines = [line(0, "ACCEPT"), line(5, "REJECT"), nodata(6)];
    site.publish(&lines);
    assert_eq!(site.stored(ALL), lines);
    let at: Vec<_> = site
        .world
        .log_events(AccountId::repeated(1), GROUP, ALL)
        .map(|event| event.timestamp.ms_since(Timestamp::DEFAULT_EPOCH))
        .collect();
    assert_eq!(at, [0, 5_000, 6_000]);
    assert_eq!(site.delivery(), ("SUCCESS".to_owned(), String::new()));
    let heard = site.heard();
    assert!(heard.unpublished.is_empty() && heard.refused.is_empty());
    let nics = site
        .ok("DescribeNetworkInterfaces", &[("Filter.1.Name", "vpc-id"), ("Filter.1.Value.1", VPC)]);
    assert_eq!(
        (nics.text("networkInterfaceId"), nics.text("status")),
        (ENI.into(), "in-use".into())
    );
}

#[test]
fn without_a_permission_the_status_says_so_and_nothing_arrives_until_it_is_back() {
    for missing in ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"] {
        let mut site = ready();
        site.flow_log(&[]);
        let mut lacking = permissions();
        let actions = lacking["Statement"][0]["Action"].as_array_mut().expect("actions");
        actions.retain(|action| action != missing);
        site.permissions(&lacking);
        site.publish(&[line(0, "ACCEPT")]);
        assert_eq!(site.stored(ALL), Vec::<String>::new(), "{missing}");
        assert_eq!(site.delivery(), ("FAILED".to_owned(), "Access error".to_owned()), "{missing}");
        let heard = site.heard();
        assert_eq!(heard.unpublished.len(), 1, "{missing}");
        let (code, message, lines) = &heard.unpublished[0];
        assert_eq!(code, "AccessDeniedException");
        assert!(message.starts_with("Access error of flow log fl-"), "{message}");
        assert!(message.contains(missing), "{message}");
        assert_eq!(lines, &[line(0, "ACCEPT")]);
        assert_eq!(heard.refused.len(), 1);

        site.permissions(&permissions());
        site.publish(&[line(1, "ACCEPT")]);
        assert_eq!(site.stored(ALL), [line(1, "ACCEPT")], "{missing}");
        assert_eq!(site.delivery(), ("SUCCESS".to_owned(), String::new()));
    }
}

#[test]
fn a_trust_policy_that_does_not_fit_stops_the_flow_log() {
    let with = |path: &str, value: Value| {
        let mut policy = trust();
        *policy.pointer_mut(path).expect("a place") = value;
        policy
    };
    for policy in [
        with("/Statement/0/Principal/Service", json!("ec2.amazonaws.com")),
        with("/Statement/0/Condition/StringEquals/aws:SourceAccount", json!("222222222222")),
        with(
            "/Statement/0/Condition/ArnLike/aws:SourceArn",
            json!("arn:aws:ec2:us-east-1:111111111111:vpc-flow-log/*"),
        ),
        with("/Statement/0/Effect", json!("Deny")),
    ] {
        let mut site = site();
        site.role(&policy, &permissions());
        site.flow_log(&[]);
        site.publish(&[line(0, "ACCEPT")]);
        assert_eq!(site.delivery(), ("FAILED".to_owned(), "Access error".to_owned()), "{policy}");
        let heard = site.heard();
        assert_eq!(heard.unpublished.len(), 1, "{policy}");
        assert!(heard.unpublished[0].1.contains("sts:AssumeRole"), "{}", heard.unpublished[0].1);
        assert_eq!(heard.refused.len(), 1);
        assert_eq!(site.world.log_groups().count(), 0);
    }
}

#[test]
fn a_role_may_have_a_single_group_with_its_streams_only() {
    let mut site = ready();
    site.flow_log(&[]);
    let mut policy = permissions();
    let group = format!("arn:aws:logs:us-west-2:{ACCOUNT}:log-group:{GROUP}");
    policy["Statement"][0]["Resource"] = json!(group);
    site.permissions(&policy);
    site.publish(&[line(0, "ACCEPT")]);
    assert_eq!(site.delivery().0, "FAILED", "without :* the streams are not in it");
    policy["Statement"][0]["Resource"] = json!(format!("{group}:*"));
    site.permissions(&policy);
    site.publish(&[line(1, "ACCEPT")]);
    assert_eq!(site.delivery().0, "SUCCESS");
    assert_eq!(site.stored(ALL).len(), 1);
}

#[test]
fn the_traffic_type_chooses_by_the_action() {
    let lines = [line(0, "ACCEPT"), line(1, "REJECT"), nodata(2), line(3, "REJECT")];
    for (traffic, stream, arrived, stopped) in [
        ("ALL", ALL, vec![0, 1, 2, 3], vec![]),
        ("ACCEPT", "eni-0aaaaaaaaaaaaaaaa-accept", vec![0], vec![1, 2, 3]),
        ("REJECT", "eni-0aaaaaaaaaaaaaaaa-reject", vec![1, 3], vec![0, 2]),
    ] {
        let mut site = ready();
        site.flow_log(&[("TrafficType", traffic)]);
        site.publish(&lines);
        let pick = |places: &[usize]| -> Vec<String> {
            places.iter().map(|&place| lines[place].clone()).collect()
        };
        assert_eq!(site.stored(stream), pick(&arrived), "{traffic}");
        let heard = site.heard();
        let told: Vec<_> =
            heard.unpublished.iter().flat_map(|(_, _, lines)| lines.clone()).collect();
        assert_eq!(told, pick(&stopped), "{traffic}");
        assert!(heard.unpublished.iter().all(|(code, ..)| code == "NotInTrafficType"));
    }
}

#[test]
fn the_action_is_read_at_its_place_in_the_format() {
    let mut site = ready();
    site.flow_log(&[
        ("TrafficType", "REJECT"),
        ("LogFormat", "${interface-id} ${action} ${start}"),
    ]);
    let events = ["eni-1 REJECT 1", "eni-1 ACCEPT 2"].map(|message| EventRecord {
        timestamp: Timestamp::DEFAULT_EPOCH,
        message: message.to_owned(),
    });
    let nic = Nic { vpc_id: VPC, subnet_id: SUBNET, interface_id: ENI };
    publish(&mut site.world, AccountId::repeated(1), &Region::us_west_2(), &nic, &events);
    assert_eq!(site.stored("eni-0aaaaaaaaaaaaaaaa-reject"), ["eni-1 REJECT 1"]);
}

#[test]
fn several_flow_logs_of_one_interface_publish_each() {
    let mut site = ready();
    site.flow_log(&[]);
    let answer = site.ok(
        "CreateFlowLogs",
        &[
            ("ResourceId.1", SUBNET),
            ("ResourceType", "Subnet"),
            ("TrafficType", "ALL"),
            ("LogGroupName", GROUP),
            ("DeliverLogsPermissionArn", super::ROLE),
        ],
    );
    let of_subnet = answer.text("item");
    site.publish(&[line(0, "ACCEPT")]);
    assert_eq!(site.stored(ALL).len(), 2, "they share a stream");
    site.ok("DeleteFlowLogs", &[("FlowLogId.1", &of_subnet)]);
    site.publish(&[line(1, "ACCEPT")]);
    assert_eq!(site.stored(ALL).len(), 3);
}

#[test]
fn what_one_flow_log_publishes_is_not_told_as_stopped_by_another() {
    let mut site = ready();
    site.flow_log(&[]);
    site.iam(
        ACCOUNT,
        "CreateRole",
        &[("RoleName", "weak"), ("AssumeRolePolicyDocument", &trust().to_string())],
    );
    site.ok(
        "CreateFlowLogs",
        &[
            ("ResourceId.1", VPC),
            ("ResourceType", "VPC"),
            ("TrafficType", "REJECT"),
            ("LogGroupName", GROUP),
            ("DeliverLogsPermissionArn", "arn:aws:iam::111111111111:role/weak"),
        ],
    );
    site.publish(&[line(0, "REJECT"), line(1, "ACCEPT")]);
    assert_eq!(site.stored(ALL).len(), 2);
    assert!(site.heard().unpublished.is_empty());
    let failed = [("Filter.1.Name", "deliver-log-status"), ("Filter.1.Value.1", "FAILED")];
    assert_eq!(site.ok("DescribeFlowLogs", &failed).count("flowLogId"), 1);
}

#[test]
fn without_a_flow_log_everything_is_told() {
    let mut site = site();
    site.publish(&[line(0, "ACCEPT"), line(1, "ACCEPT")]);
    let heard = site.heard();
    assert_eq!(heard.unpublished.len(), 1);
    let (code, message, lines) = &heard.unpublished[0];
    assert_eq!((code.as_str(), lines.len()), ("NoFlowLog", 2));
    assert!(message.contains(VPC) && message.contains(ACCOUNT), "{message}");
}

#[test]
fn records_go_in_the_order_of_their_times_and_in_as_many_calls_as_needed() {
    let mut site = ready();
    site.flow_log(&[]);
    site.publish(&[line(9, "ACCEPT"), line(3, "ACCEPT"), line(6, "ACCEPT")]);
    assert_eq!(site.stored(ALL), [line(3, "ACCEPT"), line(6, "ACCEPT"), line(9, "ACCEPT")]);
    let many: Vec<String> = (0..12_000).map(|n| line(10 + n / 100, "ACCEPT")).collect();
    site.publish(&many);
    assert_eq!(site.stored(ALL).len(), 12_003);
    assert!(site.heard().unpublished.is_empty());
}

#[test]
fn what_put_log_events_drops_is_told() {
    let mut site = ready();
    site.flow_log(&[]);
    let old = line(-15 * 24 * 3_600, "ACCEPT");
    site.publish(&[old.clone(), line(0, "ACCEPT")]);
    assert_eq!(site.stored(ALL), [line(0, "ACCEPT")]);
    let heard = site.heard();
    assert_eq!(heard.unpublished.len(), 1);
    assert_eq!(heard.unpublished[0].0, "RejectedLogEvent");
    assert_eq!(heard.unpublished[0].2, [old]);
}

#[test]
fn another_account_takes_records_by_two_roles() {
    let far = "222222222222";
    let group = format!("arn:aws:logs:us-west-2:{far}:log-group:{GROUP}");
    let far_role = format!("arn:aws:iam::{far}:role/far");
    let mut site = ready();
    let trust = json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": { "AWS": super::ROLE },
        "Action": "sts:AssumeRole",
    }] });
    let text = permissions().to_string();
    site.iam(
        far,
        "CreateRole",
        &[("RoleName", "far"), ("AssumeRolePolicyDocument", &trust.to_string())],
    );
    site.iam(
        far,
        "PutRolePolicy",
        &[("RoleName", "far"), ("PolicyName", "p"), ("PolicyDocument", &text)],
    );
    site.ok(
        "CreateFlowLogs",
        &[
            ("ResourceId.1", VPC),
            ("ResourceType", "VPC"),
            ("TrafficType", "ALL"),
            ("LogDestination", &group),
            ("DeliverLogsPermissionArn", super::ROLE),
            ("DeliverCrossAccountRole", &far_role),
        ],
    );
    let stored = |site: &Site| site.world.log_events(AccountId::repeated(2), GROUP, ALL).count();
    site.publish(&[line(0, "ACCEPT")]);
    assert_eq!((stored(&site), site.delivery().1.as_str()), (0, "Access error"));
    site.permissions(&json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": far_role,
    }] }));
    site.publish(&[line(1, "ACCEPT")]);
    assert_eq!((stored(&site), site.delivery().0.as_str()), (1, "SUCCESS"));
}

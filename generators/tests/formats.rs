//! Custom formats: every field, read by its name by a reader that shares no code with the writer.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use common::plan;
use tributary_generators::{FlowFormat, Inventory, VpcFlowLogs};

const V2_TO_V5: &str = "version account-id interface-id srcaddr dstaddr srcport dstport protocol \
    packets bytes start end action log-status vpc-id subnet-id instance-id tcp-flags type \
    pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service \
    pkt-dst-aws-service flow-direction traffic-path";
const LATER: &str = "ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn \
    ecs-container-instance-id ecs-container-id ecs-second-container-id ecs-service-name \
    ecs-task-definition-arn ecs-task-arn ecs-task-id reject-reason resource-id encryption-status \
    instance-tag interface-tag asg-tag interface-type next-hop-interface-id next-hop-subnet-id \
    next-hop-az-id next-hop-vpc-id next-hop-interface-type";

type Record = BTreeMap<String, String>;

fn records(names: &str) -> Vec<Record> {
    let names: Vec<&str> = names.split_whitespace().collect();
    let format: FlowFormat = names
        .iter()
        .map(|name| format!("${{{name}}}"))
        .collect::<Vec<_>>()
        .join(" ")
        .parse()
        .unwrap();
    let load = VpcFlowLogs::per_second(150).lasting(Duration::from_secs(600));
    let mut plan = plan(2, vec![load]);
    plan.flow_format = format;
    let mut text = Vec::new();
    let mut traffic = plan.traffic().unwrap();
    while traffic.write_plain(&mut text).is_some() {}
    let text = String::from_utf8(text).unwrap();
    text.lines()
        .map(|line| {
            let values: Vec<&str> = line.split(' ').collect();
            assert_eq!(values.len(), names.len(), "{line}");
            assert!(values.iter().all(|value| !value.is_empty()), "{line}");
            let pairs = names.iter().zip(values);
            pairs.map(|(name, value)| ((*name).to_owned(), value.to_owned())).collect()
        })
        .collect()
}

#[test]
fn fields_agree_with_each_other_and_with_the_world() {
    let all = records(V2_TO_V5);
    assert_eq!(all.len(), 90_000);
    let world = plan(2, Vec::new());
    let inventory = Inventory::new(world.world_seed, world.region.clone(), world.accounts.clone());
    let mut subnets = BTreeMap::new();
    for account in &world.accounts {
        for vpc in inventory.vpcs(*account) {
            for subnet in vpc.subnets {
                subnets.insert(subnet.subnet_id, vpc.vpc_id.clone());
            }
        }
    }
    let mut paths = BTreeSet::new();
    let mut flags = BTreeSet::new();
    let mut behind = 0;
    for record in &all {
        let field = |name: &str| record[name].as_str();
        assert_eq!(field("version"), "5");
        if field("log-status") != "OK" {
            let known = ["version", "account-id", "interface-id", "start", "end", "log-status"];
            let empty = record.iter().filter(|(name, _)| !known.contains(&name.as_str()));
            assert!(empty.into_iter().all(|(_, value)| value == "-"), "{record:?}");
            continue;
        }
        assert_eq!(subnets[field("subnet-id")], field("vpc-id"));
        assert!(field("instance-id") == "-" || field("instance-id").starts_with("i-0"));
        assert_eq!((field("type"), field("region")), ("IPv4", "us-west-2"));
        assert!(field("az-id").starts_with("usw2-az"));
        let egress = field("flow-direction") == "egress";
        assert!(egress || field("flow-direction") == "ingress");
        assert_eq!(egress, field("traffic-path") != "-", "{record:?}");
        paths.insert(field("traffic-path").to_owned());
        let flag: u8 = field("tcp-flags").parse().unwrap();
        if field("protocol") == "6" {
            flags.insert(flag)
        } else {
            flag == 0
        };
        // Bits of FIN, SYN, RST and SYN with ACK, and no others.
        assert_eq!(flag & !0b1_0111, 0, "{record:?}");
        assert!(flag & 16 == 0 || flag & 2 == 2, "{record:?}");
        if field("pkt-srcaddr") != field("srcaddr") || field("pkt-dstaddr") != field("dstaddr") {
            behind += 1;
            assert_eq!(field("instance-id"), "-", "only NAT gateways translate");
        }
        if field("pkt-dst-aws-service") == "S3" {
            assert!(field("dstaddr").starts_with(['3', '5']) || field("pkt-dstaddr") != "-");
        }
    }
    assert!(behind > 1_000, "{behind} records of translated packets");
    for path in ["1", "3", "4", "7", "8", "-"] {
        assert!(paths.contains(path), "{paths:?} lacks {path}");
    }
    for flag in [0, 1, 2, 3, 4, 18, 19, 22] {
        assert!(flags.contains(&flag), "{flags:?} lacks {flag}");
    }
}

#[test]
fn later_fields_name_tasks_and_next_hops() {
    let all = records(&format!("version interface-id srcaddr dstaddr flow-direction {LATER}"));
    let interfaces: BTreeSet<&str> =
        all.iter().map(|record| record["interface-id"].as_str()).collect();
    let (mut tasks, mut hops) = (0, 0);
    for record in &all {
        assert_eq!(record["version"], "11");
        if record["ecs-task-arn"] != "-" {
            tasks += 1;
            assert!(record["ecs-task-arn"].ends_with(&record["ecs-task-id"]));
            assert!(record["ecs-task-arn"].starts_with("arn:aws:ecs:us-west-2:"));
            assert_eq!(record["ecs-task-id"].len(), 32);
        }
        if record["next-hop-interface-id"] != "-" {
            hops += 1;
            assert!(interfaces.contains(record["next-hop-interface-id"].as_str()));
        }
        assert_eq!(record["next-hop-interface-id"] == "-", record["next-hop-vpc-id"] == "-");
        assert!(["0", "1", "2", "3", "-"].contains(&record["encryption-status"].as_str()));
    }
    assert!(tasks > 1_000 && hops > 10_000, "{tasks} {hops}");
}

#[test]
fn the_default_format_spelled_out_is_the_default() {
    let text = |format: &str| {
        let load = VpcFlowLogs::per_second(100).lasting(Duration::from_secs(60));
        let mut plan = plan(1, vec![load]);
        plan.flow_format = format.parse().unwrap();
        let mut out = Vec::new();
        let mut traffic = plan.traffic().unwrap();
        while traffic.write_plain(&mut out).is_some() {}
        String::from_utf8(out).unwrap()
    };
    // One more field makes it custom; without it, the lines have to be those of the default.
    let longer = text(&format!("{} ${{vpc-id}}", FlowFormat::default()));
    let cut: Vec<String> = longer
        .lines()
        .map(|line| line.rsplit_once(' ').unwrap().0.replacen("3 ", "2 ", 1))
        .collect();
    assert_eq!(text("default").lines().collect::<Vec<_>>(), cut);
}

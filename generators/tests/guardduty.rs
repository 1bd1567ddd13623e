//! GuardDuty findings as they are made: their form, their types, their updates.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use common::{batches, digest, merged, plan};
use serde_json::Value;
use tributary_generators::{
    Batch, GuardDuty, Incident, Load, PublishingFrequency, finding_types, identity,
};
use tributary_vocabulary::{AccountId, Seed, Source};

fn load(rate: f64, seconds: u64) -> Load {
    GuardDuty::per_second(rate).lasting(Duration::from_secs(seconds))
}

fn envelopes(batches: &[Batch]) -> Vec<Value> {
    let events = batches.iter().flat_map(|batch| &batch.events);
    events.map(|event| serde_json::from_str(&event.message).expect(&event.message)).collect()
}

fn text<'a>(value: &'a Value, at: &str) -> &'a str {
    value.pointer(at).and_then(Value::as_str).unwrap_or("")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The rules of the reference, 1 to 4 and 6.
fn check(envelope: &Value) {
    assert_eq!(
        keys(envelope),
        [
            "version",
            "id",
            "detail-type",
            "source",
            "account",
            "time",
            "region",
            "resources",
            "detail"
        ]
    );
    let detail = &envelope["detail"];
    assert_eq!(
        keys(detail),
        [
            "schemaVersion",
            "accountId",
            "region",
            "partition",
            "id",
            "arn",
            "type",
            "resource",
            "service",
            "severity",
            "createdAt",
            "updatedAt",
            "title",
            "description"
        ]
    );
    let service = &detail["service"];
    let (id, detector) = (text(detail, "/id"), text(service, "/detectorId"));
    assert!(id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    let (account, region) = (text(detail, "/accountId"), text(detail, "/region"));
    let arn = format!("arn:aws:guardduty:{region}:{account}:detector/{detector}/finding/{id}");
    assert_eq!(text(detail, "/arn"), arn);
    let (first, last) = (text(service, "/eventFirstSeen"), text(service, "/eventLastSeen"));
    assert!(first <= last && last[..19] <= text(detail, "/updatedAt")[..19], "{detail}");
    assert!(text(detail, "/createdAt") <= text(detail, "/updatedAt"));
    assert!(text(envelope, "/time")[..19] >= text(detail, "/updatedAt")[..19]);
    assert!(service["count"].as_u64().unwrap() >= 1);
    assert!(service["archived"].is_boolean());
    let info = &service["additionalInfo"];
    assert!(serde_json::from_str::<Value>(text(info, "/value")).is_ok(), "{info}");
    check_type(detail, text(detail, "/type"));
}

/// What the type demands of severity, resource and action.
fn check_type(detail: &Value, name: &str) {
    let severity = detail["severity"].as_u64().unwrap();
    let allowed: Vec<u64> =
        finding_types().filter(|(known, _)| *known == name).map(|(_, s)| u64::from(s)).collect();
    let probed = name == "Recon:EC2/PortProbeUnprotectedPort" && severity == 8;
    assert!(allowed.contains(&severity) || probed, "{name} {severity}");
    let about = name.split([':', '/']).nth(1).unwrap();
    let resource = text(detail, "/resource/resourceType");
    let fits: &[&str] = match about {
        _ if name.starts_with("AttackSequence") => &["AttackSequence"],
        "EC2" => &["Instance"],
        "IAMUser" => &["AccessKey"],
        "S3" => &["S3Bucket", "S3Object"],
        "Kubernetes" => &["EKSCluster"],
        "RDS" => &["RDSDBInstance"],
        "Lambda" => &["Lambda"],
        "ECS" => &["ECSCluster"],
        "Container" => &["Container"],
        "Runtime" => &["Instance", "EKSCluster", "ECSCluster"],
        other => panic!("{other}"),
    };
    assert!(fits.contains(&resource), "{name} {resource}");
    let details = match resource {
        "Instance" => "instanceDetails",
        "AccessKey" => "accessKeyDetails",
        "S3Bucket" | "S3Object" => "s3BucketDetails",
        "EKSCluster" => "eksClusterDetails",
        "ECSCluster" => "ecsClusterDetails",
        "Container" => "containerDetails",
        "RDSDBInstance" => "rdsDbInstanceDetails",
        "Lambda" => "lambdaDetails",
        _ => "resourceType",
    };
    assert!(detail["resource"].get(details).is_some(), "{name}: {}", detail["resource"]);
    let service = &detail["service"];
    let Some(action) = service.get("action") else {
        let other = ["runtimeDetails", "ebsVolumeScanDetails", "detection"];
        assert!(other.iter().any(|key| service.get(*key).is_some()), "{name}");
        return;
    };
    let object = match text(action, "/actionType") {
        "NETWORK_CONNECTION" => "networkConnectionAction",
        "PORT_PROBE" => "portProbeAction",
        "DNS_REQUEST" => "dnsRequestAction",
        "AWS_API_CALL" => "awsApiCallAction",
        "KUBERNETES_API_CALL" => "kubernetesApiCallAction",
        "RDS_LOGIN_ATTEMPT" => "rdsLoginAttemptAction",
        other => panic!("{other}"),
    };
    assert_eq!(keys(action), ["actionType", object], "{name}");
    if name.contains("!DNS") || name.contains("DGA") {
        assert_eq!(object, "dnsRequestAction", "{name}");
        assert_eq!(action[object]["protocol"], "UDP");
    }
    if object == "networkConnectionAction" {
        let inbound = action[object]["connectionDirection"] == "INBOUND";
        assert_eq!(inbound, service["resourceRole"] == "TARGET", "{name}");
        assert!(action[object].pointer("/remoteIpDetails/organization/asn").unwrap().is_string());
    }
}

#[test]
fn every_type_of_the_table_is_made_and_keeps_the_rules() {
    let mut plan = plan(6, vec![load(150.0, 200)]);
    let administrator = AccountId::from_number(1);
    plan.administrator = Some(administrator);
    let all = batches(&plan);
    let made = envelopes(&all);
    made.iter().for_each(check);
    assert!(made.iter().all(|event| text(event, "/account") == administrator.as_str()));
    for batch in &all {
        for event in &batch.events {
            let detail: Value = serde_json::from_str(&event.message).unwrap();
            assert_eq!(text(&detail, "/detail/accountId"), batch.account.as_str());
        }
    }
    let types: BTreeSet<&str> = made.iter().map(|event| text(event, "/detail/type")).collect();
    let missing: Vec<&str> =
        finding_types().map(|(name, _)| name).filter(|name| !types.contains(name)).collect();
    assert!(missing.len() <= 6, "{missing:?}");
    let lengths = made.iter().map(|event| event.to_string().len());
    assert!(lengths.clone().all(|length| (1_000..12_000).contains(&length)));
}

#[test]
fn the_mix_is_that_of_the_reference_and_no_finding_is_there_twice() {
    let made = envelopes(&batches(&plan(4, vec![load(20.0, 200)])));
    let share = |low: f64, high: f64| {
        let within = |event: &&Value| {
            let severity = event["detail"]["severity"].as_f64().unwrap();
            (low..high).contains(&severity)
        };
        made.iter().filter(within).count() as f64 / made.len() as f64
    };
    assert!((0.55..0.75).contains(&share(0.0, 4.0)), "{}", share(0.0, 4.0));
    assert!((0.18..0.32).contains(&share(4.0, 7.0)), "{}", share(4.0, 7.0));
    assert!((0.04..0.16).contains(&share(7.0, 9.0)), "{}", share(7.0, 9.0));
    assert!(share(9.0, 10.0) < 0.01);
    let ids: BTreeSet<&str> = made.iter().map(|event| text(event, "/detail/id")).collect();
    assert_eq!(ids.len(), made.len(), "nothing is told twice within six hours");
    let about: BTreeSet<String> = made
        .iter()
        .filter(|event| text(event, "/detail/type") == "Recon:EC2/PortProbeUnprotectedPort")
        .map(|event| event["detail"]["resource"]["instanceDetails"]["instanceId"].to_string())
        .collect();
    assert!(about.len() > 10);
}

#[test]
fn updates_keep_what_a_finding_is_and_come_by_the_setting() {
    let often = load(0.3, 4 * 3_600).publishing(PublishingFrequency::FifteenMinutes);
    let all = batches(&plan(2, vec![often]));
    let mut seen: BTreeMap<String, Value> = BTreeMap::new();
    let mut updates = 0;
    for event in all.iter().flat_map(|batch| &batch.events) {
        let envelope: Value = serde_json::from_str(&event.message).unwrap();
        let detail = &envelope["detail"];
        if let Some(before) = seen.get(text(detail, "/id")) {
            updates += 1;
            for key in ["arn", "createdAt", "type", "resource", "accountId"] {
                assert_eq!(before[key], detail[key], "{key}");
            }
            let moment = |at: &str| at.parse::<tributary_vocabulary::Timestamp>().unwrap();
            let (then, now) = (text(before, "/updatedAt"), text(detail, "/updatedAt"));
            assert!(moment(now).ms_since(moment(then)) >= 900_000);
            let last = "/service/eventLastSeen";
            assert!(text(before, last) < text(detail, last));
            assert!(before["service"]["count"].as_u64() < detail["service"]["count"].as_u64());
        }
        seen.insert(text(detail, "/id").to_owned(), detail.clone());
    }
    assert!(updates > 300, "{updates}");
}

#[test]
fn as_many_as_asked_and_workers_make_the_traffic_of_one() {
    let mut plan = plan(3, vec![load(7.0, 61), load(0.5, 10)]);
    plan.incidents = vec![Incident::SshBruteForce];
    let whole = batches(&plan);
    assert_eq!(whole.iter().map(|batch| batch.events.len()).sum::<usize>(), 427 + 5);
    let mut ids = BTreeSet::new();
    for event in whole.iter().flat_map(|batch| &batch.events) {
        assert!(ids.insert(identity(Source::GuardDuty, &event.message).unwrap()));
        assert_eq!(identity(Source::CloudTrail, &event.message), None);
    }
    for count in [2, 3, 7] {
        assert_eq!(merged(&mut plan, count), whole, "{count} workers");
    }
    plan.seed = Seed::new(8);
    assert_eq!([digest(&whole), digest(&batches(&plan))], GOLDEN);
}

const GOLDEN: [u64; 2] = [5_689_873_479_628_859_156, 10_198_443_717_745_046_572];

#[test]
fn incidents_are_found_by_instance_address_and_key() {
    for kind in Incident::ALL {
        let mut plan = plan(2, vec![load(0.5, 600)]);
        plan.incidents = vec![kind];
        let mut traffic = plan.traffic().unwrap();
        let all: Vec<Batch> = traffic.by_ref().collect();
        let (plot, made) = traffic.planted().next().unwrap();
        let found: Vec<Value> = envelopes(&all)
            .into_iter()
            .filter(|event| {
                let line = event.to_string();
                plot.attacker.addresses.iter().any(|a| line.contains(&format!("\"{a}\"")))
            })
            .collect();
        assert!(!found.is_empty(), "{kind}");
        assert_eq!(found.len() as u64, made[Source::GuardDuty as usize]);
        for event in &found {
            check(event);
            let detail = &event["detail"];
            assert_eq!(text(detail, "/accountId"), plot.account.to_string());
            let instance = text(detail, "/resource/instanceDetails/instanceId");
            let key = text(detail, "/resource/accessKeyDetails/accessKeyId");
            match kind {
                Incident::LeakedKey => assert_eq!(key, plot.person.access_key),
                _ => assert_eq!(instance, plot.victim.instance.instance_id),
            }
        }
    }
}

//! CloudTrail records as they are made: their form, their mix, their times.

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
use tributary_generators::{Batch, CloudTrail, Incident, Load, TrafficPlan, identity};
use tributary_vocabulary::{Seed, Source};

fn load(rate: f64, seconds: u64) -> Load {
    CloudTrail::per_second(rate).lasting(Duration::from_secs(seconds))
}

fn records(batches: &[Batch]) -> Vec<Value> {
    let events = batches.iter().flat_map(|batch| &batch.events);
    events.map(|event| serde_json::from_str(&event.message).expect(&event.message)).collect()
}

const ORDER: [&str; 28] = [
    "eventVersion",
    "userIdentity",
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "sourceIPAddress",
    "userAgent",
    "errorCode",
    "errorMessage",
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "requestID",
    "eventID",
    "readOnly",
    "resources",
    "eventType",
    "apiVersion",
    "managementEvent",
    "recipientAccountId",
    "sharedEventID",
    "vpcEndpointId",
    "vpcEndpointAccountId",
    "serviceEventDetails",
    "eventCategory",
    "tlsDetails",
    "sessionCredentialFromConsole",
];

fn text<'a>(record: &'a Value, at: &str) -> &'a str {
    record.pointer(at).and_then(Value::as_str).unwrap_or("")
}

fn is_guid(id: &str) -> bool {
    let parts: Vec<usize> = id.split('-').map(str::len).collect();
    parts == [8, 4, 4, 4, 12]
        && id.bytes().all(|b| b == b'-' || b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn is_key(key: &str) -> bool {
    (key.starts_with("AKIA") || key.starts_with("ASIA"))
        && key.len() == 20
        && key[4..].bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b))
}

/// The rules of the reference, 1 and 2.
fn check(record: &Value) {
    let keys: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    let places: Vec<usize> =
        keys.iter().map(|key| ORDER.iter().position(|known| known == key).expect(key)).collect();
    assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{keys:?}");
    for key in ["userIdentity", "requestParameters", "responseElements", "recipientAccountId"] {
        assert!(record.get(key).is_some(), "{record}");
    }
    assert!(text(record, "/eventVersion").starts_with("1."));
    assert!(text(record, "/eventSource").ends_with(".amazonaws.com"));
    assert_eq!(text(record, "/eventTime").len(), 20);
    assert!(is_guid(text(record, "/eventID")), "{record}");
    assert!(record["readOnly"].is_boolean());
    let category = text(record, "/eventCategory");
    assert!(["Management", "Data", "NetworkActivity"].contains(&category));
    assert_eq!(record["managementEvent"], category == "Management");
    let kind = text(record, "/eventType");
    let kinds =
        ["AwsApiCall", "AwsServiceEvent", "AwsConsoleAction", "AwsConsoleSignIn", "AwsVpceEvents"];
    assert!(kinds.contains(&kind), "{kind}");
    assert_eq!(category == "NetworkActivity", kind == "AwsVpceEvents");
    assert_eq!(category == "NetworkActivity", record.get("vpcEndpointId").is_some());
    let identity = &record["userIdentity"];
    if identity.get("invokedBy").is_some() {
        assert!(record.get("tlsDetails").is_none(), "{record}");
    }
    if kind == "AwsServiceEvent" {
        assert!(record.get("requestID").is_none());
    }
    if record.get("errorCode").is_some() {
        assert!(record["responseElements"].is_null(), "{record}");
        assert!(text(record, "/errorMessage").len() <= 1_026);
    }
    let name = text(record, "/eventName");
    if record["readOnly"] == true
        && kind == "AwsApiCall"
        && text(record, "/eventSource") != "sts.amazonaws.com"
    {
        assert!(record["responseElements"].is_null(), "{record}");
    }
    if name == "ConsoleLogin" && text(record, "/responseElements/ConsoleLogin") == "Failure" {
        assert_eq!(text(record, "/errorMessage"), "Failed authentication");
        assert!(record.get("errorCode").is_none());
    }
    check_identity(record, identity);
}

fn check_identity(record: &Value, identity: &Value) {
    let key = text(identity, "/accessKeyId");
    assert!(key.is_empty() || is_key(key), "{key}");
    let account = text(record, "/recipientAccountId");
    let (id, arn) = (text(identity, "/principalId"), text(identity, "/arn"));
    match text(identity, "/type") {
        "Root" => assert_eq!(id, account),
        "IAMUser" if text(identity, "/userName") == "HIDDEN_DUE_TO_SECURITY_REASONS" => {}
        "IAMUser" => {
            assert!(id.starts_with("AIDA") && id.len() == 21, "{id}");
            assert_eq!(arn, format!("arn:aws:iam::{account}:user/{}", text(identity, "/userName")));
        }
        "AssumedRole" => {
            let issuer = text(identity, "/sessionContext/sessionIssuer/principalId");
            assert!(issuer.starts_with("AROA") && issuer.len() == 21);
            let session = id.strip_prefix(issuer).unwrap().strip_prefix(':').unwrap();
            let role = text(identity, "/sessionContext/sessionIssuer/userName");
            assert_eq!(arn, format!("arn:aws:sts::{account}:assumed-role/{role}/{session}"));
            assert!(key.starts_with("ASIA"));
            let created = text(identity, "/sessionContext/attributes/creationDate");
            assert!(created <= text(record, "/eventTime"), "{record}");
        }
        "AWSAccount" => {
            assert_ne!(text(identity, "/accountId"), account);
            assert!(is_guid(text(record, "/sharedEventID")));
        }
        "AWSService" => assert!(text(identity, "/invokedBy").ends_with(".amazonaws.com")),
        "FederatedUser" => assert!(arn.contains(":federated-user/")),
        "WebIdentityUser" | "SAMLUser" => {
            assert!(text(record, "/eventName").starts_with("AssumeRoleWith"));
        }
        "IdentityCenterUser" => assert!(is_guid(text(identity, "/credentialId"))),
        "Unknown" => {}
        "" => assert_eq!(text(record, "/eventType"), "AwsServiceEvent"),
        other => panic!("{other}"),
    }
}

#[test]
fn every_record_keeps_the_rules_and_the_mix_is_that_of_production() {
    let mut plan = plan(3, vec![load(100.0, 200), load(20.0, 100).with_data_events(400)]);
    plan.incidents = vec![Incident::LeakedKey];
    let all = records(&batches(&plan));
    all.iter().for_each(check);
    let share = |is: &dyn Fn(&Value) -> bool| {
        all.iter().filter(|record| is(record)).count() as f64 / all.len() as f64
    };
    let of = |service: &str| {
        let service = format!("{service}.amazonaws.com");
        share(&|record| record["eventSource"] == service.as_str())
    };
    let kind = |name: &str| share(&|record| record["userIdentity"]["type"] == name);
    let named = share(&|record| record["eventName"] == "AssumeRole");
    assert!((0.13..0.26).contains(&named), "AssumeRole {named}");
    for (what, is, low, high) in [
        ("kms", of("kms"), 0.08, 0.2),
        ("ec2", of("ec2"), 0.12, 0.25),
        ("ssm", of("ssm"), 0.04, 0.1),
        ("AssumedRole", kind("AssumedRole"), 0.72, 0.88),
        ("AWSService", kind("AWSService"), 0.06, 0.17),
        ("IAMUser", kind("IAMUser"), 0.02, 0.1),
        ("AWSAccount", kind("AWSAccount"), 0.003, 0.03),
        ("readOnly", share(&|record| record["readOnly"] == true), 0.84, 0.95),
        ("errors", share(&|record| record.get("errorCode").is_some()), 0.03, 0.08),
        ("data", share(&|record| record["eventCategory"] == "Data"), 0.005, 0.2),
    ] {
        assert!((low..high).contains(&is), "{what}: {is}");
    }
    let names: BTreeSet<&str> = all.iter().map(|record| text(record, "/eventName")).collect();
    assert!(names.len() > 300, "{}", names.len());
    let kinds: BTreeSet<&str> = all.iter().map(|r| text(&r["userIdentity"], "/type")).collect();
    for kind in [
        "IAMUser",
        "AssumedRole",
        "AWSService",
        "AWSAccount",
        "WebIdentityUser",
        "SAMLUser",
        "IdentityCenterUser",
        "Unknown",
    ] {
        assert!(kinds.contains(kind), "{kind} of {kinds:?}");
    }
    let mut sizes: Vec<usize> = all.iter().map(|record| record.to_string().len()).collect();
    sizes.sort_unstable();
    let quantile = |share: usize| sizes[sizes.len() * share / 100];
    assert!((900..1_500).contains(&quantile(50)), "{}", quantile(50));
    assert!((1_700..3_500).contains(&quantile(99)), "{}", quantile(99));
    assert!(sizes[sizes.len() - 1] < 8_000);
}

#[test]
fn as_many_as_asked_unique_in_order_and_minutes_late() {
    for (accounts, rate, seconds) in [(1, 0.4, 100), (2, 37.0, 61), (5, 300.0, 20), (1, 9.0, 1)] {
        let plan = plan(accounts, vec![load(rate, seconds)]);
        let all = batches(&plan);
        let mut ids = BTreeSet::new();
        let mut lags = Vec::new();
        for batch in &all {
            assert_eq!(&*batch.log_stream, format!("{}_CloudTrail_us-west-2", batch.account));
            assert!(batch.events.windows(2).all(|pair| pair[0].timestamp <= pair[1].timestamp));
            for event in &batch.events {
                let lag = batch.at.ms_since(event.timestamp);
                assert!((44_000..=600_000).contains(&lag), "{lag}");
                lags.push(lag);
                assert!(ids.insert(identity(Source::CloudTrail, &event.message).unwrap()));
                assert_eq!(identity(Source::GuardDuty, &event.message), None);
            }
        }
        assert_eq!(lags.len(), (rate * seconds as f64).round() as usize);
        let key = |b: &Batch| (b.at, b.account);
        assert!(all.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])), "no two alike");
        if lags.len() > 5_000 {
            lags.sort_unstable();
            let median = lags[lags.len() / 2] / 1_000;
            assert!((120..280).contains(&median), "{median}");
        }
    }
}

#[test]
fn workers_together_make_exactly_the_traffic_of_one_and_a_seed_is_a_file() {
    let mut plan = plan(3, vec![load(60.0, 60), load(5.0, 40)]);
    plan.incidents = vec![Incident::Exfiltration, Incident::LeakedKey];
    let whole = batches(&plan);
    for count in [2, 3, 7] {
        assert_eq!(merged(&mut plan, count), whole, "{count} workers");
    }
    plan.seed = Seed::new(8);
    assert_eq!([digest(&whole), digest(&batches(&plan))], GOLDEN);
}

const GOLDEN: [u64; 2] = [18_075_972_109_003_207_362, 7_662_272_685_329_478_378];

#[test]
fn sessions_begin_with_the_record_that_issues_their_key() {
    let all = records(&batches(&plan(2, vec![load(80.0, 120)])));
    let issued: BTreeMap<&str, &str> = all
        .iter()
        .filter(|record| text(record, "/eventName").starts_with("AssumeRole"))
        .filter(|record| !record["responseElements"].is_null())
        .map(|r| (text(r, "/responseElements/credentials/accessKeyId"), text(r, "/eventTime")))
        .collect();
    let (mut known, mut calls) = (0, 0);
    for record in &all {
        let identity = &record["userIdentity"];
        if identity["type"] == "AssumedRole" {
            calls += 1;
            if let Some(time) = issued.get(text(identity, "/accessKeyId")) {
                known += 1;
                let created = text(identity, "/sessionContext/attributes/creationDate");
                assert_eq!(created, *time);
            }
        }
    }
    assert!(known * 100 > calls * 90, "{known} of {calls}");
}

#[test]
fn a_call_into_another_account_is_recorded_in_both() {
    let all = records(&batches(&plan(3, vec![load(900.0, 20)])));
    let mut pairs: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for record in all.iter().filter(|record| record.get("sharedEventID").is_some()) {
        pairs.entry(text(record, "/sharedEventID")).or_default().push(record);
    }
    let both: Vec<_> = pairs.values().filter(|records| records.len() == 2).collect();
    assert!(both.len() >= 3, "{}", both.len());
    for records in both {
        let (a, b) = (records[0], records[1]);
        for key in
            ["eventTime", "requestID", "requestParameters", "responseElements", "sourceIPAddress"]
        {
            assert_eq!(a[key], b[key], "{key}");
        }
        assert_ne!(a["eventID"], b["eventID"]);
        assert_ne!(a["recipientAccountId"], b["recipientAccountId"]);
        let kinds = [&a["userIdentity"]["type"], &b["userIdentity"]["type"]];
        assert!(kinds.iter().any(|kind| **kind == "AWSAccount"), "{kinds:?}");
        assert!(kinds.iter().any(|kind| **kind == "AssumedRole"), "{kinds:?}");
    }
}

/// A plan with one incident, and its records from the attacker's addresses.
fn incident(incident: Incident) -> (TrafficPlan, Vec<Value>) {
    let mut plan = plan(2, vec![load(20.0, 600)]);
    plan.incidents = vec![incident];
    let mut traffic = plan.traffic().unwrap();
    let all: Vec<Batch> = traffic.by_ref().collect();
    let (plot, made) = traffic.planted().next().unwrap();
    let addresses = plot.attacker.addresses.clone();
    let found: Vec<Value> = records(&all)
        .into_iter()
        .filter(|record| addresses.iter().any(|a| a == text(record, "/sourceIPAddress")))
        .collect();
    assert_eq!(found.len() as u64, made[Source::CloudTrail as usize]);
    assert!(found.iter().all(|r| text(r, "/recipientAccountId") == plot.account.to_string()));
    assert!(found.len() >= 3);
    (plan, found)
}

#[test]
fn incidents_are_told_by_the_key_and_the_address_of_the_plot() {
    for kind in Incident::ALL {
        let (plan, found) = incident(kind);
        found.iter().for_each(check);
        let traffic = plan.traffic().unwrap();
        let (plot, _) = traffic.planted().next().unwrap();
        match kind {
            Incident::LeakedKey => {
                let names: BTreeSet<&str> = found.iter().map(|r| text(r, "/eventName")).collect();
                assert!(names.contains("CreateUser") && names.contains("CreateAccessKey"));
                assert!(
                    found.iter().all(|r| {
                        text(r, "/userIdentity/accessKeyId") == plot.person.access_key
                    })
                );
            }
            Incident::Exfiltration | Incident::CryptoMining => assert!(found.iter().all(|r| {
                text(r, "/userIdentity/principalId")
                    == format!(
                        "{}:{}",
                        plot.victim.instance.role_id, plot.victim.instance.instance_id
                    )
            })),
            Incident::PortScan | Incident::SshBruteForce | Incident::RdpBruteForce => {
                assert!(found.iter().all(|r| text(r, "/errorMessage") == "Failed authentication"));
            }
        }
    }
}

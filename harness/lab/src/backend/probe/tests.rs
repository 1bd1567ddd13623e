//! The tables as capabilities, and real endpoints when the environment names them.

use super::*;
use crate::backend::testing::serve;
use crate::backend::{AccountsMode, Endpoint, identify};
use tributary_vocabulary::Region;

const MASTER: &str = "111111111111";
const MEMBER: &str = "222222222222";

fn ask(endpoint: &Endpoint, master: &str) -> (EndpointKind, Capabilities) {
    let region: Region = "us-east-1".parse().unwrap();
    let door = AwsDoor::open(endpoint, &region).unwrap();
    let kind = identify(&door).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let member = Some(MEMBER.parse().unwrap());
    let asking = capabilities_of(&kind, &door, None, master.parse().unwrap(), member);
    let found = runtime.block_on(asking).unwrap();
    (kind, found)
}

/// The capabilities that it lacks, without those that no endpoint of a test has.
fn lacks(found: &Capabilities) -> Vec<Capability> {
    let nowhere = [
        Capability::OpenSearch,
        Capability::FirehoseToOpenSearch,
        Capability::VirtualTime,
        Capability::Faults,
    ];
    assert!(nowhere.iter().all(|it| !found.has(*it)));
    found.missing().map(|(it, _)| it).filter(|it| !nowhere.contains(it)).collect()
}

#[test]
fn every_reason_reads_as_a_sentence_without_its_full_stop() {
    let version = "4.14.0".to_owned();
    let kinds = [
        EndpointKind::LocalStack { version: version.clone() },
        EndpointKind::LocalStack { version: "5.0.0".to_owned() },
        EndpointKind::Moto,
        EndpointKind::KinesisLocal,
        EndpointKind::Tributary { version },
        EndpointKind::Aws,
        EndpointKind::Unknown { server: "nobody".to_owned() },
    ];
    for kind in kinds {
        let found = Found::of_table(&kind).all();
        assert!(!found.has(Capability::VirtualTime) && !found.has(Capability::Faults));
        for (capability, reason) in found.missing() {
            assert!(reason.len() > 12 && !reason.ends_with('.'), "{capability}: {reason}");
            let other = matches!(&kind, EndpointKind::LocalStack { version } if version == "5.0.0");
            assert_eq!(reason.starts_with("as LocalStack 4.14 does: "), other, "{reason}");
        }
    }
}

#[test]
fn what_was_tried_goes_before_the_table_and_the_first_reason_stays() {
    let mut found = Found::of_table(&EndpointKind::LocalStack { version: "5.0.0".to_owned() });
    found.tried(Capability::FilterPatterns, Support::Yes);
    found.tried(Capability::FirehoseToS3, Support::No("it is late".to_owned()));
    found.without_services(&BTreeMap::from([(Service::Firehose, "it is off".to_owned())]));
    let found = found.all();
    assert!(found.has(Capability::FilterPatterns));
    assert_eq!(found.lacks(Capability::FirehoseToS3), Some("it is late"));
    assert_eq!(found.lacks(Capability::Firehose), Some("it is off"));
}

/// A server that says it is LocalStack without some services, and answers all in one name.
#[test]
fn localstack_without_services_and_with_one_account() {
    const HEALTH: &str = r#"{"services": {"s3": "available", "kinesis": "running", "logs": "disabled"}, "edition": "community", "version": "4.14.0"}"#;
    const IDENTITY: &str = "<X><Account>111111111111</Account></X>";
    let url = serve(&[
        ("GET /_localstack/health ", 200, "x-localstack: true\r\n", HEALTH),
        ("POST / ", 200, "", IDENTITY),
    ]);
    let (kind, found) = ask(&Endpoint::at(url), MASTER);
    assert_eq!(kind.title(), "LocalStack 4.14.0");
    assert!(found.has(Capability::S3) && found.has(Capability::Kinesis));
    for capability in [Capability::Logs, Capability::Subscriptions] {
        assert!(found.lacks(capability).unwrap().contains("'logs' is disabled"), "{capability}");
    }
    assert!(found.lacks(Capability::Firehose).unwrap().contains("'firehose' is disabled"));
    assert_eq!(
        found.lacks(Capability::Accounts),
        Some("calls in the name of 222222222222 are answered in the name of 111111111111")
    );
}

/// The URL that the environment names; without one there is nothing to ask.
fn named(variable: &str) -> Option<Endpoint> {
    let url = std::env::var(variable).ok().filter(|url| !url.is_empty())?;
    let ca_bundle = std::env::var_os(format!("{variable}_CA")).map(Into::into);
    Some(Endpoint { ca_bundle, ..Endpoint::at(url) })
}

const MOTO_LACKS: [Capability; 8] = [
    Capability::Sources,
    Capability::CrossAccountDestinations,
    Capability::FilterPatterns,
    Capability::ShardLimits,
    Capability::FirehoseKinesisSource,
    Capability::TransformExecution,
    Capability::BufferTiming,
    Capability::IamEnforced,
];

#[test]
fn real_moto_has_accounts_by_assumed_roles_only() {
    let Some(endpoint) = named("TRIBUTARY_TEST_MOTO") else { return };
    let (kind, found) = ask(&endpoint, MASTER);
    assert_eq!(kind, EndpointKind::Moto);
    let reason = found.lacks(Capability::Accounts).unwrap();
    assert!(reason.contains("answered in the name of 123456789012; it has several accounts if"));
    let accounts = AccountsMode::AssumeRole { role: "Member".to_owned() };
    let (_, found) = ask(&Endpoint { accounts, ..endpoint }, "123456789012");
    assert_eq!(lacks(&found), MOTO_LACKS);
}

/// What is tried on an unknown endpoint finds on moto what its table says.
#[test]
fn real_moto_agrees_with_its_table_when_it_is_tried() {
    let Some(endpoint) = named("TRIBUTARY_TEST_MOTO") else { return };
    let accounts = AccountsMode::AssumeRole { role: "Member".to_owned() };
    tried_as_unknown(&Endpoint { accounts, ..endpoint }, "123456789012", |found| {
        assert_eq!(lacks(found), MOTO_LACKS);
        let reason = found.lacks(Capability::FilterPatterns).unwrap();
        assert!(reason.contains("did not match a filter's pattern was delivered"), "{reason}");
        let reason = found.lacks(Capability::CrossAccountDestinations).unwrap();
        assert!(reason.contains("PutSubscriptionFilter was refused"), "{reason}");
    });
}

/// The same for LocalStack 4.14, whose table is from elsewhere.
#[test]
fn real_localstack_agrees_with_its_table_when_it_is_tried() {
    let Some(endpoint) = named("TRIBUTARY_TEST_LOCALSTACK") else { return };
    let (kind, table) = ask(&endpoint, MASTER);
    assert_eq!(kind.title(), "LocalStack 4.14.0");
    tried_as_unknown(&endpoint, MASTER, |found| {
        let tried = [
            Capability::Accounts,
            Capability::Logs,
            Capability::Subscriptions,
            Capability::CrossAccountDestinations,
            Capability::FilterPatterns,
            Capability::Kinesis,
            Capability::Firehose,
            Capability::FirehoseToS3,
            Capability::S3,
        ];
        for capability in tried {
            let why = found.lacks(capability);
            assert_eq!(found.has(capability), table.has(capability), "{capability}: {why:?}");
        }
    });
}

fn tried_as_unknown(endpoint: &Endpoint, master: &str, check: impl FnOnce(&Capabilities)) {
    let region: Region = "us-east-1".parse().unwrap();
    let door = AwsDoor::open(endpoint, &region).unwrap();
    let master: AccountId = master.parse().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let kind = EndpointKind::Unknown { server: "moto".to_owned() };
    let member = Some(MEMBER.parse().unwrap());
    let asking = capabilities_of(&kind, &door, None, master, member);
    check(&runtime.block_on(asking).unwrap());
    // Nothing stays behind.
    let kinesis = aws_sdk_kinesis::Client::new(&door.sdk_config(master).unwrap());
    let s3 = door.s3_client(master).unwrap();
    runtime.block_on(async {
        let gone = trying::wait_for(trying::MADE, || async {
            let streams = kinesis.list_streams().send().await.unwrap();
            let left = streams.stream_names().iter().any(|it| it.starts_with("tributary-probe"));
            Ok((!left).then_some(()))
        });
        assert_eq!(gone.await, Ok(Some(())));
        let buckets = s3.list_buckets().send().await.unwrap();
        let mut names = buckets.buckets().iter().filter_map(|it| it.name());
        assert!(!names.any(|it| it.starts_with("tributary-probe")));
    });
}

#[test]
fn real_kinesis_local_has_streams_and_nothing_else() {
    let Some(endpoint) = named("TRIBUTARY_TEST_KINESIS_LOCAL") else { return };
    let (kind, found) = ask(&endpoint, MASTER);
    assert_eq!(kind, EndpointKind::KinesisLocal);
    assert!(found.has(Capability::Kinesis) && found.has(Capability::Accounts));
    assert_eq!(found.missing().count(), Capability::ALL.len() - 2);
}

#[test]
fn real_old_kinesis_local_has_one_account() {
    let Some(endpoint) = named("TRIBUTARY_TEST_OLD_KINESIS_LOCAL") else { return };
    let (kind, found) = ask(&endpoint, MASTER);
    assert_eq!(kind, EndpointKind::KinesisLocal);
    let reason = found.lacks(Capability::Accounts).unwrap();
    assert!(reason.contains("in the name of 000000000000; it has several accounts if"), "{reason}");
}

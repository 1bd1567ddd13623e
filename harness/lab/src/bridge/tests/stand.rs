//! A lab with a pipeline, a member's outbox and delivery streams with direct put, which are there at
//! once; and what arrived in it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_firehose::types as fh;
use aws_sdk_kinesis::primitives::Blob;
use aws_types::SdkConfig;
use bytes::Bytes;
use tributary_emulator::{Hooks, Observation, Settings, World, WorldConfig};
use tributary_transform::{Transform, builtin};
use tributary_vocabulary::{AccountId, EventRecord, Region, Seed, Source, Timestamp};

use crate::bridge::*;
use crate::door::sdk_config;
use crate::driver::{Clock, Core, Functions, SharedCore, WallClock};
use crate::ground::{Ground, Route};
use crate::ledger::{Identifier, SharedLedger, StreamKey};
use crate::topology::{Accounts, Names, Plan, Policies, Step, furnish, provision};

pub(super) const OUTBOX: &str = "tributary-outbox";
pub(super) const DOCUMENTS: &str = "Demo_Firehose_Documents";
pub(super) const RAW: &str = "Demo_Firehose_Raw";

/// What arrived, in its order.
#[derive(Default)]
pub(super) struct Arrived {
    /// On the central stream.
    pub(super) streamed: Vec<Bytes>,
    /// Put on the delivery stream for raw records.
    pub(super) raw: Vec<Bytes>,
    /// In the index of the delivery stream for documents.
    pub(super) documents: Vec<Bytes>,
}

struct Recorder(Arc<Mutex<Arrived>>);

impl Hooks for Recorder {
    fn observe(&mut self, _now: Timestamp, observation: &Observation<'_>) {
        let mut arrived = self.0.lock().unwrap();
        match observation {
            Observation::Streamed { stream_arn, data, .. }
                if stream_arn.ends_with(Names::STREAM) =>
            {
                arrived.streamed.push((*data).clone());
            }
            Observation::Ingested { delivery_stream_arn, data }
                if delivery_stream_arn.ends_with(RAW) =>
            {
                arrived.raw.push((*data).clone());
            }
            Observation::Indexed { index, documents, .. } if index.starts_with("bridged") => {
                arrived.documents.extend(documents.iter().cloned());
            }
            _ => {}
        }
    }
}

pub(super) struct Stand {
    pub(super) core: SharedCore,
    pub(super) ledger: SharedLedger,
    pub(super) arrived: Arc<Mutex<Arrived>>,
    pub(super) names: Names,
    pub(super) member: AccountId,
}

impl Stand {
    /// With so many shards of the central stream and of the outbox.
    pub(super) async fn new(central: u32, outbox: i32) -> Self {
        let accounts = Accounts::with_members(1);
        let names = Names { region: Region::us_west_2(), master: accounts.master };
        let member = accounts.members[0];
        let mut settings = Settings::default();
        settings.kinesis.create_ms = 1;
        settings.kinesis.reshard_ms = 1;
        settings.firehose.creating_ms = 1;
        settings.domain.create_ms = 1;
        let arrived = Arc::new(Mutex::new(Arrived::default()));
        let epoch = Timestamp::DEFAULT_EPOCH;
        let hooks = Box::new(Recorder(arrived.clone()));
        let world = World::new(WorldConfig { seed: Seed::new(7), epoch, settings, hooks });
        let ledger = SharedLedger::new(epoch, Identifier::default());
        let transform = builtin("builtin:envelope").unwrap();
        let functions = Functions::new(transform, ledger.clone());
        let core = SharedCore::new(Core::new(world, functions, Clock::Real));
        let plan = Plan {
            accounts,
            names: names.clone(),
            policies: Policies::centralized_logging(),
            sources: Vec::new(),
            // Its test message would lie on the stream.
            without: vec![Step::Destination, Step::DestinationPolicy],
            flow_format: Default::default(),
            organization: None,
            shards: central,
            retention_h: 24,
            route: Route::WHOLE,
            one_account: None,
        };
        furnish(&core, &plan, Seed::new(7));
        let done = provision(&Ground::Embedded(core.clone()), &ledger, &plan).await.unwrap();
        let refused: Vec<Step> = done.refused.iter().map(|refused| refused.step).collect();
        assert_eq!(refused, [Step::Destination, Step::DestinationPolicy]);
        let stand = Self { core, ledger, arrived, names, member };
        let kinesis = stand.kinesis(member);
        let create = kinesis.create_stream().stream_name(OUTBOX).shard_count(outbox);
        create.send().await.unwrap();
        stand.delivery_streams().await;
        stand
    }

    pub(super) fn config(&self, account: AccountId) -> SdkConfig {
        sdk_config(&self.core, account, &self.names.region)
    }

    pub(super) fn kinesis(&self, account: AccountId) -> aws_sdk_kinesis::Client {
        aws_sdk_kinesis::Client::new(&self.config(account))
    }

    async fn delivery_streams(&self) {
        let firehose = aws_sdk_firehose::Client::new(&self.config(self.names.master));
        let role = self.names.role_arn(Names::DELIVERY_ROLE);
        let s3 = fh::S3DestinationConfiguration::builder()
            .role_arn(&role)
            .bucket_arn(Names::bucket_arn())
            .build()
            .unwrap();
        let hints = fh::AmazonopensearchserviceBufferingHints::builder()
            .interval_in_seconds(0)
            .size_in_mbs(1)
            .build();
        let search = fh::AmazonopensearchserviceDestinationConfiguration::builder()
            .role_arn(&role)
            .domain_arn(self.names.domain_arn())
            .index_name("bridged")
            .buffering_hints(hints)
            .s3_configuration(s3.clone())
            .build()
            .unwrap();
        let documents = firehose.create_delivery_stream().delivery_stream_name(DOCUMENTS);
        documents.amazonopensearchservice_destination_configuration(search).send().await.unwrap();
        let raw = fh::ExtendedS3DestinationConfiguration::builder()
            .role_arn(&role)
            .bucket_arn(Names::bucket_arn())
            .prefix("raw/")
            .build()
            .unwrap();
        let call = firehose.create_delivery_stream().delivery_stream_name(RAW);
        call.extended_s3_destination_configuration(raw).send().await.unwrap();
    }

    pub(super) fn delivery(&self, name: &str) -> DeliveryStream {
        let config = self.config(self.names.master);
        DeliveryStream { config, name: name.to_owned(), delivers_at_once: false }
    }

    /// The bridges of this lab, with the legs that are given.
    pub(super) fn plan(
        &self,
        backup: Option<DeliveryStream>,
        index: Option<(Box<dyn Transform>, DocumentTarget)>,
    ) -> BridgePlan {
        let index = index.map(|(transform, to)| IndexLeg {
            transform,
            to,
            delivery_stream_arn: format!(
                "arn:aws:firehose:us-west-2:{}:deliverystream/{}",
                self.names.master,
                Names::DELIVERY_STREAM
            ),
            takes_documents: None,
        });
        BridgePlan {
            ledger: self.ledger.clone(),
            clock: WallClock::starting_at(self.core.lock().now()),
            outboxes: vec![Outbox {
                account: self.member,
                config: self.config(self.member),
                stream: OUTBOX.to_owned(),
            }],
            central: Central {
                config: self.config(self.names.master),
                stream: Names::STREAM.to_owned(),
                stream_arn: self.names.stream_arn(),
                region: self.names.region.clone(),
            },
            backup,
            index,
        }
    }

    /// Puts records on the outbox, each call in its order.
    pub(super) async fn put(&self, records: &[(String, Bytes)]) {
        let kinesis = self.kinesis(self.member);
        for records in records.chunks(500) {
            let mut call = kinesis.put_records().stream_name(OUTBOX);
            for (key, data) in records {
                let entry = aws_sdk_kinesis::types::PutRecordsRequestEntry::builder();
                let entry = entry.partition_key(key).data(Blob::new(data.to_vec())).build();
                call = call.records(entry.unwrap());
            }
            let answer = call.send().await.unwrap();
            assert_eq!(answer.failed_record_count(), Some(0));
        }
    }

    /// Waits until the bridges have nothing to do, and `arrived` is satisfied.
    pub(super) async fn until(&self, bridges: &Bridges, arrived: impl Fn(&Arrived) -> bool) {
        bridges.mark();
        let watch = WallClock::starting_at(Timestamp::DEFAULT_EPOCH);
        while !bridges.is_idle() || !arrived(&self.arrived.lock().unwrap()) {
            assert!(watch.elapsed() < Duration::from_secs(60), "{:?}", bridges.troubles());
            crate::driver::wait(self.core.clone(), Duration::from_millis(50)).await;
        }
    }

    /// An envelope with these events of a log stream, which the ledger knows as sent.
    pub(super) fn envelope(&self, stream: &str, first: usize, events: usize) -> (String, Bytes) {
        let line = |n: usize| {
            let owner = self.member;
            format!("2 {owner} eni-{stream} 10.0.0.1 10.0.0.2 {n} 443 6 1 40 10 20 ACCEPT OK")
        };
        let records: Vec<EventRecord> = (first..first + events)
            .map(|n| EventRecord { timestamp: Timestamp::from_ms(n as i64), message: line(n) })
            .collect();
        let key = StreamKey {
            account: self.member,
            owner: self.member,
            source: Source::VpcFlowLogs,
            group: Arc::from("group"),
            stream: Arc::from(stream),
        };
        self.ledger.lock().sent(Timestamp::DEFAULT_EPOCH, key, &records);
        let log_events: Vec<_> = records
            .iter()
            .map(|event| {
                let (timestamp, message) = (event.timestamp.ms(), &event.message);
                serde_json::json!({ "id": timestamp.to_string(), "timestamp": timestamp, "message": message })
            })
            .collect();
        let json = serde_json::json!({
            "messageType": "DATA_MESSAGE", "owner": self.member.to_string(), "logGroup": "group",
            "logStream": stream, "subscriptionFilters": ["f"], "logEvents": log_events,
        });
        (stream.to_owned(), tributary_transform::deflate(json.to_string().as_bytes()).into())
    }
}

/// The log stream and the numbers of the events of every document or record, in their order.
pub(super) fn numbers(payloads: &[Bytes]) -> BTreeMap<String, Vec<i64>> {
    let mut numbers: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for payload in payloads {
        let json = tributary_transform::inflate(payload).unwrap_or_else(|| payload.to_vec());
        let value: serde_json::Value = serde_json::from_slice(&json).unwrap();
        let of = numbers.entry(value["logStream"].as_str().unwrap().to_owned()).or_default();
        match value["logEvents"].as_array() {
            Some(events) => {
                of.extend(events.iter().filter_map(|event| event["timestamp"].as_i64()));
            }
            None => of.extend(value["timestamp"].as_i64()),
        }
    }
    numbers
}

//! What the ledger sees, what faults do, and what other services read.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use serde_json::json;
use tributary_vocabulary::{AccountId, Region, Stage, Timestamp};

use crate::kernel::{Caller, Hooks, Observation, WorldConfig};
use crate::kinesis::reader::{self, StartAt};
use crate::kinesis::testing::{ARN, Bench};

/// Writes down what it sees; loses records of one byte `1`, doubles those of `2`.
struct Spy {
    seen: Arc<Mutex<Vec<String>>>,
    tampers: bool,
}

impl Hooks for Spy {
    fn observe(&mut self, _now: Timestamp, observation: &Observation<'_>) {
        let text = match observation {
            Observation::Streamed { shard_id, data, .. } => format!("{shard_id} {data:?}"),
            Observation::Throttled { shard_id, records, .. } => format!("{shard_id} -{records}"),
            other => format!("{other:?}"),
        };
        self.seen.lock().expect("one thread").push(text);
    }

    fn tampers(&self, stage: Stage) -> bool {
        self.tampers && stage == Stage::Kinesis
    }

    fn tamper_record(&mut self, _now: Timestamp, _stage: Stage, record: Bytes) -> Vec<Bytes> {
        match record.first() {
            Some(1) => vec![],
            Some(2) => vec![record.clone(), record],
            _ => vec![record],
        }
    }
}

fn spied(tampers: bool) -> (Bench, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let hooks = Box::new(Spy { seen: Arc::clone(&seen), tampers });
    (Bench::with(WorldConfig { hooks, ..WorldConfig::default() }).and_stream(2), seen)
}

#[test]
fn the_listener_hears_of_what_lies_on_shards_and_of_what_was_refused() {
    let (mut bench, seen) = spied(false);
    bench.put("a", "AQ==");
    bench.put("b", "Ag==");
    let records = vec![json!({"PartitionKey": "a", "Data": "AA=="}); 500];
    for _ in 0..3 {
        bench.ok("PutRecords", &json!({"StreamName": "s", "Records": records}));
    }
    let seen = seen.lock().expect("one thread");
    assert_eq!(seen[0], "shardId-000000000000 b\"\\x01\"");
    assert_eq!(seen[1], "shardId-000000000001 b\"\\x02\"");
    assert_eq!(seen.len(), 2 + 999 + 2);
    assert_eq!(seen[1001], "shardId-000000000000 -1");
    assert_eq!(seen[1002], "shardId-000000000000 -500");
}

#[test]
fn a_planted_loss_answers_like_success_and_a_duplicate_lies_there_twice() {
    let (mut bench, seen) = spied(true);
    let lost = bench.put("a", "AQ==").1;
    let doubled = bench.put("a", "Ag==").1;
    let kept = bench.put("a", "Aw==").1;
    assert!(lost < doubled && doubled < kept);
    let iterator = bench.iterator(0, "TRIM_HORIZON");
    let body = bench.read(&iterator);
    let field = |name: &str| {
        body["Records"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|record| record[name].as_str().unwrap_or("").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(field("Data"), ["Ag==", "Ag==", "Aw=="]);
    let numbers = field("SequenceNumber");
    assert_eq!(numbers[0], doubled);
    assert!(numbers[0] < numbers[1] && numbers[1] < numbers[2]);
    assert_eq!(seen.lock().expect("one thread").len(), 3);
}

#[test]
fn other_services_read_with_their_own_cursor() {
    let mut bench = Bench::streaming(2);
    let first: crate::kinesis::SequenceNumber = bench.put("a", "AQ==").1.parse().expect("a number");
    bench.wait_ms(10);
    bench.put("a", "Ag==");
    bench.world.advance(bench.now);
    let (world, caller) = (&mut bench.world, &bench.caller);
    let shards = reader::shards(world, caller, ARN).expect("a stream");
    assert_eq!(shards, ["shardId-000000000000", "shardId-000000000001"]);
    let now = bench.now;
    for (start, count) in [
        (StartAt::TrimHorizon, 2),
        (StartAt::AtTimestamp(now.plus_ms(1)), 0),
        (StartAt::AtTimestamp(now), 1),
        (StartAt::TrimHorizon, 2),
    ] {
        let mut cursor = reader::open(world, caller, ARN, &shards[0], start).expect("a shard");
        let read = reader::read(world, caller, &mut cursor, 10).expect("records");
        assert_eq!(read.records.len(), count, "{start:?}");
        assert!(!read.end_of_shard);
        assert_eq!(read.millis_behind_latest, 0);
    }
    let mut cursor =
        reader::open(world, caller, ARN, &shards[0], StartAt::TrimHorizon).expect("the fifth");
    let read = reader::read(world, caller, &mut cursor, 1).expect("records");
    assert_eq!(read.records[0].sequence_number, first);
    assert_eq!(read.records[0].data, Bytes::from_static(&[1]));
    assert_eq!(read.records[0].partition_key.as_ref(), "a");
    assert_eq!(read.millis_behind_latest, 1000, "rounded up, for one record is left");
    let error = reader::read(world, caller, &mut cursor, 1).expect_err("the sixth in a second");
    assert_eq!(error.code, "ProvisionedThroughputExceededException");
}

#[test]
fn the_same_calls_leave_the_same_trace() {
    let run = || {
        let mut bench = Bench::streaming(2);
        for key in ["a", "b", "c"] {
            bench.put(key, "AQ==");
        }
        let iterator = bench.iterator(1, "LATEST");
        (bench.world.trace_sha256(), iterator)
    };
    assert_eq!(run(), run());
}

#[test]
fn another_account_puts_only_where_the_streams_policy_lets_it() {
    let mut bench = Bench::streaming(1);
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
            "Action": "kinesis:PutRecord", "Resource": ARN,
        }],
    })
    .to_string();
    let owner = bench.caller.clone();
    let member = Caller::root(AccountId::repeated(1), Region::us_west_2());
    let put = json!({"StreamARN": ARN, "PartitionKey": "a", "Data": ""});
    bench.caller = member.clone();
    let (code, message) = bench.error("PutRecord", &put);
    assert_eq!(code, "AccessDeniedException");
    assert!(
        message.starts_with(&format!(
            "User: arn:aws:iam::111111111111:root is not authorized to perform: kinesis:PutRecord \
             on resource: {ARN} because "
        )),
        "{message}"
    );
    bench.caller = owner;
    bench.ok("PutResourcePolicy", &json!({"ResourceARN": ARN, "Policy": policy}));
    bench.caller = member;
    bench.ok("PutRecord", &put);
    let records = json!({"StreamARN": ARN, "Records": [{"PartitionKey": "a", "Data": ""}]});
    assert_eq!(bench.error("PutRecords", &records).0, "AccessDeniedException");
    // By name it would be a stream of its own account.
    let own = json!({"StreamName": "s", "PartitionKey": "a", "Data": ""});
    assert_eq!(bench.error("PutRecord", &own).0, "ResourceNotFoundException");
}

//! GetShardIterator and GetRecords.

use serde_json::json;

use crate::kinesis::testing::{ARN, Bench};

#[test]
fn reads_what_was_put_in_order() {
    let mut bench = Bench::streaming(1);
    let latest = bench.iterator(0, "LATEST");
    let numbers: Vec<String> = ["AQ==", "Ag==", "Aw=="]
        .iter()
        .map(|data| {
            bench.wait_ms(7);
            bench.put("a", data).1
        })
        .collect();
    let body = bench.read(&latest);
    let records = body["Records"].as_array().expect("a list");
    assert_eq!(
        records.iter().map(|record| record["Data"].as_str().unwrap_or("")).collect::<Vec<_>>(),
        ["AQ==", "Ag==", "Aw=="]
    );
    assert_eq!(records[2]["SequenceNumber"], numbers[2].as_str());
    assert_eq!(records[0]["PartitionKey"], "a");
    let arrival = records[2]["ApproximateArrivalTimestamp"].as_f64().expect("a number");
    assert!((arrival - bench.now.epoch_seconds()).abs() < 1e-6);
    assert_eq!(body["MillisBehindLatest"], 0);
    assert!(records[0].get("EncryptionType").is_none());
    let next = body["NextShardIterator"].as_str().expect("an iterator").to_owned();
    assert!(next.starts_with("AAAAAAAAAA"));
    assert_eq!(bench.read(&next)["Records"], json!([]));
}

#[test]
fn every_kind_of_iterator_starts_where_it_says() {
    let mut bench = Bench::streaming(1);
    let mut numbers = Vec::new();
    let first_at = bench.now.plus_ms(1000);
    for data in ["AQ==", "Ag==", "Aw=="] {
        bench.wait_ms(1000);
        numbers.push(bench.put("a", data).1);
    }
    for (extra, count) in [
        (json!({"ShardIteratorType": "TRIM_HORIZON"}), 3),
        (json!({"ShardIteratorType": "LATEST"}), 0),
        (
            json!({"ShardIteratorType": "AT_SEQUENCE_NUMBER", "StartingSequenceNumber": numbers[1]}),
            2,
        ),
        (
            json!({"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber": numbers[1]}),
            1,
        ),
        (json!({"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": 0}), 3),
        (json!({"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": first_at.epoch_seconds()}), 3),
        (
            json!({"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": first_at.epoch_seconds() + 0.001}),
            2,
        ),
    ] {
        bench.wait_ms(1000);
        let mut input = json!({"StreamARN": ARN, "ShardId": "shardId-000000000000"});
        for (key, value) in extra.as_object().expect("an object") {
            input[key] = value.clone();
        }
        let iterator = bench.ok("GetShardIterator", &input)["ShardIterator"].clone();
        let body = bench.ok("GetRecords", &json!({"ShardIterator": iterator}));
        assert_eq!(body["Records"].as_array().map(Vec::len), Some(count), "{extra}");
    }
    // Behind by whole seconds, until nothing is left.
    bench.wait_ms(1000);
    let iterator = bench.iterator(0, "TRIM_HORIZON");
    let body = bench.ok("GetRecords", &json!({"ShardIterator": iterator, "Limit": 1}));
    let behind = body["MillisBehindLatest"].as_i64().expect("a number");
    assert_eq!(behind, bench.now.ms_since(first_at));
    assert_eq!(behind % 1000, 0);
}

#[test]
fn iterator_arguments_are_refused_in_the_services_words() {
    let mut bench = Bench::streaming(2);
    let number = bench.put("b", "AQ==").1;
    let now = bench.now.ms();
    let either = |text: &str| {
        format!(
            "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and \
             StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. \
             Request specified {text} StartingSequenceNumber."
        )
    };
    let shard = "shardId-000000000000";
    for (shard, kind, sequence, at, sentence) in [
        (shard, "AT_SEQUENCE_NUMBER", None, None, either("AT_SEQUENCE_NUMBER and no")),
        (shard, "LATEST", Some("5"), None, either("LATEST and also a")),
        (
            shard,
            "AT_TIMESTAMP",
            None,
            None,
            "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current \
             request has no timestamp parameter."
                .to_owned(),
        ),
        (
            shard,
            "AT_TIMESTAMP",
            None,
            Some(now + 1),
            format!(
                "The timestampInMillis parameter cannot be greater than the \
                 currentTimestampInMillis. timestampInMillis: {}, currentTimestampInMillis: {now}",
                now + 1
            ),
        ),
        (
            shard,
            "AT_SEQUENCE_NUMBER",
            Some("5"),
            None,
            "StartingSequenceNumber 5 used in GetShardIterator on shard shardId-000000000000 in \
             stream s under account 222222222222 is invalid."
                .to_owned(),
        ),
        (
            shard,
            "AFTER_SEQUENCE_NUMBER",
            Some(number.as_str()),
            None,
            "Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used in \
             a call to a shard with shardId-000000000000"
                .to_owned(),
        ),
        (
            "nonsense",
            "LATEST",
            None,
            None,
            "Could not find shard nonsense in stream s under account 222222222222.".to_owned(),
        ),
        (
            "shardId-000000000009",
            "LATEST",
            None,
            None,
            "Shard shardId-000000000009 in stream s under account 222222222222 does not exist"
                .to_owned(),
        ),
    ] {
        #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
        let seconds = at.map(|at| at as f64 / 1000.0);
        let (_, message) = bench.error(
            "GetShardIterator",
            &json!({
                "StreamName": "s", "ShardId": shard, "ShardIteratorType": kind,
                "StartingSequenceNumber": sequence, "Timestamp": seconds,
            }),
        );
        assert_eq!(message, sentence);
    }
    let wrong = json!({"StreamName": "s", "ShardId": "a", "ShardIteratorType": "NOW"});
    assert_eq!(
        bench.error("GetShardIterator", &wrong).1,
        "1 validation error detected: Value 'NOW' at 'shardIteratorType' failed to satisfy \
         constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, \
         AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]"
    );
}

#[test]
fn an_iterator_lasts_five_minutes() {
    let mut bench = Bench::streaming(1);
    let iterator = bench.iterator(0, "LATEST");
    bench.wait_ms(300_000);
    bench.read(&iterator);
    bench.wait_ms(1);
    let (code, message) = bench.error("GetRecords", &json!({"ShardIterator": iterator}));
    assert_eq!(code, "ExpiredIteratorException");
    assert_eq!(
        message,
        "Iterator expired. The iterator was created at time Thu Jan 01 00:00:05 UTC 2026 while \
         right now it is Thu Jan 01 00:05:05 UTC 2026 which is further in the future than the \
         tolerated delay of 300000 milliseconds."
    );
    assert_eq!(
        bench.error("GetRecords", &json!({"ShardIterator": "garbage"})),
        ("InvalidArgumentException".to_owned(), "Invalid ShardIterator.".to_owned())
    );
}

#[test]
fn five_reads_a_second_and_five_iterators() {
    let mut bench = Bench::streaming(1);
    let iterators: Vec<String> = (0..5).map(|_| bench.iterator(0, "LATEST")).collect();
    let sixth = json!({"StreamName": "s", "ShardId": "0", "ShardIteratorType": "LATEST"});
    let (code, message) = bench.error("GetShardIterator", &sixth);
    assert_eq!(code, "ProvisionedThroughputExceededException");
    assert_eq!(
        message,
        "Rate exceeded for shard shardId-000000000000 in stream s under account 222222222222."
    );
    for iterator in &iterators {
        bench.read(iterator);
    }
    let (code, _) = bench.error("GetRecords", &json!({"ShardIterator": iterators[0]}));
    assert_eq!(code, "ProvisionedThroughputExceededException");
    bench.wait_ms(1000);
    bench.read(&iterators[0]);
}

#[test]
fn what_is_older_than_the_retention_is_gone() {
    let mut bench = Bench::streaming(1);
    bench.put("a", "AQ==");
    bench.wait_ms(3_600_000);
    bench.put("a", "Ag==");
    bench.wait_ms(23 * 3_600_000 + 1);
    assert_eq!(bench.world.next_deadline(), None, "nothing has to wake for it");
    let iterator = bench.iterator(0, "TRIM_HORIZON");
    let body = bench.read(&iterator);
    assert_eq!(body["Records"].as_array().map(Vec::len), Some(1));
    assert_eq!(body["Records"][0]["Data"], "Ag==");
}

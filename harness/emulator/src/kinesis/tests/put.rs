//! PutRecord and PutRecords.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::kinesis::testing::{ARN, Bench};

#[test]
fn records_go_where_their_keys_hash_to() {
    let mut bench = Bench::streaming(3);
    for (key, shard) in [("a", 0), ("b", 1), ("e", 2), ("f", 1), ("1", 2), ("partition", 1)] {
        assert_eq!(bench.put(key, "AAAA").0, format!("shardId-{shard:012}"), "{key}");
    }
    for (hash, shard) in [
        ("0", 0),
        ("113427455640312821154458202477256070484", 0),
        ("113427455640312821154458202477256070485", 1),
        ("340282366920938463463374607431768211455", 2),
    ] {
        let body = bench.ok(
            "PutRecord",
            &json!({"StreamName": "s", "PartitionKey": "a", "ExplicitHashKey": hash, "Data": ""}),
        );
        assert_eq!(body["ShardId"], format!("shardId-{shard:012}"), "{hash}");
    }
}

#[test]
fn sequence_numbers_rise_and_tell_their_shard() {
    let mut bench = Bench::streaming(2);
    let first = bench.put("a", "AAAA").1;
    bench.wait_ms(1500);
    let second = bench.put("a", "AAAA").1;
    let other = bench.put("b", "AAAA").1;
    let parsed: Vec<crate::kinesis::SequenceNumber> =
        [&first, &second, &other].iter().map(|text| text.parse().expect("a number")).collect();
    assert!(parsed[0] < parsed[1]);
    assert_eq!(parsed.iter().map(|n| n.shard()).collect::<Vec<_>>(), [0, 0, 1]);
    assert_eq!(parsed[1].arrived_s(), bench.now.s());
    // A number of the past orders; one of the future, or of nowhere, does not.
    let ordered = |number: &str| json!({"StreamName": "s", "PartitionKey": "a", "Data": "", "SequenceNumberForOrdering": number});
    bench.ok("PutRecord", &ordered(&first));
    bench.now = bench.now.plus_ms(-1500);
    let future = crate::kinesis::SequenceNumber::new(
        parsed[0].created_s(),
        0,
        9,
        bench.world.now().s() + 60,
    );
    for number in [future.to_string(), "0".to_owned()] {
        assert_eq!(
            bench.error("PutRecord", &ordered(&number)),
            (
                "InvalidArgumentException".to_owned(),
                format!(
                    "ExclusiveMinimumSequenceNumber {number} used in PutRecord on stream s under \
                     account 222222222222 is invalid."
                )
            )
        );
    }
}

#[test]
fn one_bad_record_refuses_the_whole_call() {
    let mut bench = Bench::streaming(1);
    let call = |records: Value| json!({"StreamName": "s", "Records": records});
    for (records, sentence) in [
        (
            json!([]),
            "1 validation error detected: Value '[]' at 'records' failed to satisfy constraint: \
             Member must have length greater than or equal to 1",
        ),
        (
            json!([{"Data": "", "PartitionKey": "a"}, {"Data": "", "PartitionKey": ""}]),
            "1 validation error detected: Value '' at 'records.2.member.partitionKey' failed to \
             satisfy constraint: Member must have length greater than or equal to 1",
        ),
        (
            json!([{"Data": ""}]),
            "1 validation error detected: Value null at 'records.1.member.partitionKey' failed to \
             satisfy constraint: Member must not be null",
        ),
        (
            json!([{"PartitionKey": "a"}]),
            "1 validation error detected: Value null at 'records.1.member.data' failed to satisfy \
             constraint: Member must not be null",
        ),
        (
            json!([{"Data": "", "PartitionKey": "a", "ExplicitHashKey": "01"}]),
            "1 validation error detected: Value '01' at 'records.1.member.explicitHashKey' failed \
             to satisfy constraint: Member must satisfy regular expression pattern: \
             0|([1-9]\\d{0,38})",
        ),
        (
            json!([{"Data": STANDARD.encode(vec![0; 1_048_576]), "PartitionKey": "a"}]),
            "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1048576 \
             cap=1048576]' at 'records.1.member.data' failed to satisfy constraint: Member must \
             have length less than or equal to 1048576",
        ),
    ] {
        let (code, message) = bench.error("PutRecords", &call(records));
        assert_eq!((code.as_str(), message.as_str()), ("ValidationException", sentence));
    }
    let hash = "340282366920938463463374607431768211456";
    let entry = json!([{"Data": "", "PartitionKey": "a", "ExplicitHashKey": hash}]);
    let (code, message) = bench.error("PutRecords", &call(entry));
    assert_eq!(code, "InvalidArgumentException");
    assert_eq!(
        message,
        format!(
            "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. \
             Specified value was {hash}"
        )
    );
    let many = vec![json!({"Data": "", "PartitionKey": "a"}); 501];
    let (_, message) = bench.error("PutRecords", &call(Value::Array(many)));
    assert!(message.ends_with("Member must have length less than or equal to 500"), "{message}");
    let large = vec![json!({"Data": STANDARD.encode(vec![0; 1 << 20]), "PartitionKey": "a"}); 10];
    let (code, message) = bench.error("PutRecords", &call(Value::Array(large)));
    assert_eq!(code, "InvalidArgumentException");
    assert_eq!(message, "Records size exceeds 10 MB limit");
    assert_eq!(bench.world.shard_statistics(ARN)[0].records, 0);
}

#[test]
fn a_shard_at_its_limit_fails_its_records_one_by_one() {
    let mut bench = Bench::streaming(2);
    let data = STANDARD.encode(vec![7; 262_143]);
    // Four records of a quarter MiB with their one-byte keys fill the first shard.
    let records: Vec<Value> = ["a", "a", "a", "a", "a", "b", "a"]
        .iter()
        .map(|key| json!({"PartitionKey": key, "Data": data}))
        .collect();
    let body = bench.ok("PutRecords", &json!({"StreamARN": ARN, "Records": records}));
    assert_eq!(body["FailedRecordCount"], 2);
    for (n, entry) in body["Records"].as_array().expect("a list").iter().enumerate() {
        if n == 4 || n == 6 {
            assert_eq!(
                *entry,
                json!({
                    "ErrorCode": "ProvisionedThroughputExceededException",
                    "ErrorMessage": "Rate exceeded for shard shardId-000000000000 in stream s under account 222222222222.",
                })
            );
        } else {
            let shard = u32::from(n == 5);
            assert_eq!(entry["ShardId"], format!("shardId-{shard:012}"));
            assert!(entry.get("ErrorCode").is_none());
        }
    }
    let one = json!({"StreamName": "s", "PartitionKey": "a", "Data": "AAAA"});
    let (code, message) = bench.error("PutRecord", &one);
    assert_eq!(code, "ProvisionedThroughputExceededException");
    assert!(message.starts_with("Rate exceeded for shard shardId-000000000000"), "{message}");
    let statistics = bench.world.shard_statistics(ARN);
    assert_eq!((statistics[0].records, statistics[0].throttled), (4, 3));
    assert!((statistics[0].utilisation_max - 1.0).abs() < 1e-9);
    assert_eq!((statistics[1].records, statistics[1].bytes), (1, 262_144));
    bench.wait_ms(1);
    bench.ok("PutRecord", &one);
}

#[test]
fn a_thousand_records_a_second() {
    let mut bench = Bench::streaming(1);
    let records = vec![json!({"PartitionKey": "a", "Data": "AAAA"}); 500];
    let call = json!({"StreamName": "s", "Records": records});
    let failed: Vec<Value> =
        (0..3).map(|_| bench.ok("PutRecords", &call)["FailedRecordCount"].clone()).collect();
    assert_eq!(failed, [0, 0, 500]);
    bench.wait_ms(499);
    assert_eq!(bench.ok("PutRecords", &call)["FailedRecordCount"], 1);
}

#[test]
fn large_records_are_an_option_of_the_stream() {
    let mut bench = Bench::streaming(1);
    let input = json!({"StreamARN": ARN, "MaxRecordSizeInKiB": 10_240});
    bench.ok("UpdateMaxRecordSize", &input);
    bench.settle();
    let data = STANDARD.encode(vec![0; 9 << 20]);
    bench.put("a", &data);
    let again = json!({"StreamName": "s", "PartitionKey": "a", "Data": data});
    assert_eq!(bench.error("PutRecord", &again).0, "ProvisionedThroughputExceededException");
    bench.wait_ms(8_001);
    bench.put("a", &data);
    let (code, _) =
        bench.error("UpdateMaxRecordSize", &json!({"StreamARN": ARN, "MaxRecordSizeInKiB": 1023}));
    assert_eq!(code, "ValidationException");
}

#[test]
fn a_dry_run_puts_nothing() {
    let mut bench = Bench::streaming(1);
    let input = json!({"StreamName": "s", "PartitionKey": "a", "Data": "", "DryRun": true});
    assert_eq!(bench.error("PutRecord", &input).0, "DryRunOperationException");
    assert_eq!(bench.world.shard_statistics(ARN)[0].records, 0);
    let absent = json!({"StreamName": "t", "PartitionKey": "a", "Data": "", "DryRun": true});
    assert_eq!(
        bench.error("PutRecord", &absent),
        (
            "ResourceNotFoundException".to_owned(),
            "Stream t under account 222222222222 not found.".to_owned()
        )
    );
}

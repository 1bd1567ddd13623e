//! SplitShard, MergeShards, UpdateShardCount, ListShards.

use serde_json::{Value, json};

use crate::kinesis::testing::{ARN, Bench};

/// The last digit of the name of each shard that is listed.
fn listed(bench: &mut Bench, filter: &Value) -> Vec<u32> {
    let mut input = json!({"StreamName": "s"});
    if !filter.is_null() {
        input["ShardFilter"] = filter.clone();
    }
    let body = bench.ok("ListShards", &input);
    let name = |shard: &Value| shard["ShardId"].as_str().unwrap_or("").to_owned();
    let shards = body["Shards"].as_array().expect("a list");
    shards
        .iter()
        .filter_map(|shard| name(shard).rsplit('0').next()?.parse().ok().or(Some(0)))
        .collect()
}

#[test]
fn a_reader_drains_the_parent_and_goes_on_with_the_children() {
    let mut bench = Bench::streaming(1);
    bench.put("a", "AQ==");
    let half = "170141183460469231731687303715884105728";
    let split = json!({"StreamName": "s", "ShardToSplit": "shardId-000000000000", "NewStartingHashKey": half});
    bench.ok("SplitShard", &split);
    // While it is UPDATING the parent still takes records.
    assert_eq!(bench.put("b", "Ag==").0, "shardId-000000000000");
    assert_eq!(
        bench.error("SplitShard", &split),
        (
            "ResourceInUseException".to_owned(),
            "Stream s under account 222222222222 not ACTIVE, instead in state UPDATING".to_owned()
        )
    );
    bench.settle();
    assert_eq!(bench.put("a", "Aw==").0, "shardId-000000000001");
    assert_eq!(bench.put("b", "BA==").0, "shardId-000000000002");
    let iterator = bench.iterator(0, "TRIM_HORIZON");
    let body = bench.ok("GetRecords", &json!({"ShardIterator": iterator, "Limit": 1}));
    assert!(body.get("ChildShards").is_none());
    let next = body["NextShardIterator"].as_str().expect("one more").to_owned();
    let body = bench.read(&next);
    assert_eq!(body["Records"].as_array().map(Vec::len), Some(1));
    assert!(body.get("NextShardIterator").is_none());
    assert_eq!(
        body["ChildShards"][1],
        json!({
            "ShardId": "shardId-000000000002",
            "ParentShards": ["shardId-000000000000"],
            "HashKeyRange": {
                "StartingHashKey": half,
                "EndingHashKey": "340282366920938463463374607431768211455",
            },
        })
    );
    let (_, message) = bench.error("SplitShard", &split);
    assert_eq!(
        message,
        "Shard shardId-000000000000 in stream s under account 222222222222 has already been merged \
         or split, and thus is not eligible for merging or splitting."
    );
}

#[test]
fn splits_and_merges_are_refused_in_the_services_words() {
    let mut bench = Bench::streaming(3);
    let split = json!({"StreamName": "s", "ShardToSplit": "shardId-000000000000", "NewStartingHashKey": "1"});
    assert_eq!(
        bench.error("SplitShard", &split).1,
        "NewStartingHashKey 1 used in SplitShard() on shard shardId-000000000000 in stream s under \
         account 222222222222 is not both greater than one plus the shard's StartingHashKey 0 and \
         less than the shard's EndingHashKey 113427455640312821154458202477256070484."
    );
    let merge = json!({
        "StreamName": "s", "ShardToMerge": "shardId-000000000000",
        "AdjacentShardToMerge": "shardId-000000000002",
    });
    assert_eq!(
        bench.error("MergeShards", &merge).1,
        "Shards shardId-000000000000 and shardId-000000000002 in stream s under account \
         222222222222 are not an adjacent pair of shards eligible for merging"
    );
    let merge = json!({
        "StreamName": "s", "ShardToMerge": "shardId-000000000001",
        "AdjacentShardToMerge": "shardId-000000000000",
    });
    bench.ok("MergeShards", &merge);
    bench.settle();
    let body = bench.ok("DescribeStream", &json!({"StreamName": "s"}));
    let merged = &body["StreamDescription"]["Shards"][3];
    assert_eq!(merged["ParentShardId"], "shardId-000000000001");
    assert_eq!(merged["AdjacentParentShardId"], "shardId-000000000000");
    assert_eq!(merged["HashKeyRange"]["StartingHashKey"], "0");
    assert!(merged["SequenceNumberRange"].get("EndingSequenceNumber").is_none());
    let closed = &body["StreamDescription"]["Shards"][0]["SequenceNumberRange"];
    assert!(closed["EndingSequenceNumber"].as_str().is_some_and(|n| n.len() == 56));
}

#[test]
fn filters_choose_among_the_shards() {
    let mut bench = Bench::streaming(2);
    let before = bench.now;
    bench.wait_ms(1000);
    bench.ok(
        "UpdateShardCount",
        &json!({"StreamName": "s", "TargetShardCount": 4, "ScalingType": "UNIFORM_SCALING"}),
    );
    bench.settle();
    let at = |kind: &str| json!({"Type": kind, "Timestamp": before.epoch_seconds()});
    for (filter, shards) in [
        (Value::Null, vec![0, 1, 2, 3, 4, 5]),
        (json!({"Type": "AT_LATEST"}), vec![2, 3, 4, 5]),
        (json!({"Type": "AT_TRIM_HORIZON"}), vec![0, 1]),
        (json!({"Type": "FROM_TRIM_HORIZON"}), vec![0, 1, 2, 3, 4, 5]),
        (json!({"Type": "AFTER_SHARD_ID", "ShardId": "shardId-000000000003"}), vec![4, 5]),
        (at("AT_TIMESTAMP"), vec![0, 1]),
        (at("FROM_TIMESTAMP"), vec![0, 1, 2, 3, 4, 5]),
    ] {
        assert_eq!(listed(&mut bench, &filter), shards, "{filter}");
    }
    // A day later nothing of the parents is left to read, and they are listed no more.
    bench.wait_ms(24 * 3_600_000 + 1);
    assert_eq!(listed(&mut bench, &Value::Null), [2, 3, 4, 5]);
    assert_eq!(bench.world.shard_statistics(ARN).len(), 6);
}

#[test]
fn pages_end_and_their_tokens_expire() {
    let mut bench = Bench::streaming(5);
    let body = bench.ok(
        "ListShards",
        &json!({"StreamName": "s", "MaxResults": 3, "ShardFilter": {"Type": "AT_LATEST"}}),
    );
    assert_eq!(body["Shards"].as_array().map(Vec::len), Some(3));
    let token = body["NextToken"].clone();
    let rest = bench.ok("ListShards", &json!({"NextToken": token}));
    assert_eq!(rest["Shards"][0]["ShardId"], "shardId-000000000003");
    assert!(rest.get("NextToken").is_none());
    bench.wait_ms(300_001);
    assert_eq!(
        bench.error("ListShards", &json!({"NextToken": token})).0,
        "ExpiredNextTokenException"
    );
    for (input, sentence) in [
        (json!({}), "Either NextToken or StreamName should be provided."),
        (
            json!({"StreamName": "s", "NextToken": token}),
            "NextToken and StreamName cannot be provided together.",
        ),
    ] {
        let expected = ("InvalidArgumentException".to_owned(), sentence.to_owned());
        assert_eq!(bench.error("ListShards", &input), expected);
    }
}

#[test]
fn a_stream_is_resized_ten_times_a_day() {
    let mut bench = Bench::streaming(4);
    for call in 0..10 {
        let target = if call % 2 == 0 { 3 } else { 4 };
        let input = json!({"StreamName": "s", "TargetShardCount": target, "ScalingType": "UNIFORM_SCALING"});
        let body = bench.ok("UpdateShardCount", &input);
        assert_eq!(body["TargetShardCount"], target);
        assert_eq!(body["CurrentShardCount"], 7 - target);
        bench.settle();
    }
    let input = json!({"StreamName": "s", "TargetShardCount": 3, "ScalingType": "UNIFORM_SCALING"});
    assert_eq!(bench.error("UpdateShardCount", &input).0, "LimitExceededException");
    bench.wait_ms(24 * 3_600_000);
    bench.ok("UpdateShardCount", &input);
}

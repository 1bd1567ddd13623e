//! Streams from CREATING until they are gone, and what may be set of them.

use serde_json::{Value, json};

use crate::kernel::{Settings, WorldConfig};
use crate::kinesis::testing::{ARN, Bench};

fn status(bench: &mut Bench) -> Value {
    let body = bench.ok("DescribeStreamSummary", &json!({"StreamName": "s"}));
    body["StreamDescriptionSummary"]["StreamStatus"].clone()
}

#[test]
fn a_stream_comes_and_goes() {
    let mut bench = Bench::empty();
    bench.ok("CreateStream", &json!({"StreamName": "s", "ShardCount": 2}));
    let body = bench.ok("DescribeStreamSummary", &json!({"StreamName": "s"}));
    let summary = &body["StreamDescriptionSummary"];
    assert_eq!(summary["StreamStatus"], "CREATING");
    assert!(summary.get("OpenShardCount").is_none());
    assert_eq!(
        bench.error("CreateStream", &json!({"StreamName": "s", "ShardCount": 2})),
        (
            "ResourceInUseException".to_owned(),
            "Stream s under account 222222222222 already exists.".to_owned()
        )
    );
    let put = json!({"StreamName": "s", "PartitionKey": "a", "Data": ""});
    assert_eq!(bench.error("PutRecord", &put).0, "ResourceNotFoundException");
    bench.wait_ms(4_999);
    assert_eq!(status(&mut bench), "CREATING");
    bench.wait_ms(1);
    let body = bench.ok("DescribeStreamSummary", &json!({"StreamARN": ARN}));
    let created = body["StreamDescriptionSummary"]["StreamCreationTimestamp"].clone();
    assert_eq!(
        body["StreamDescriptionSummary"],
        json!({
            "StreamName": "s", "StreamARN": ARN, "StreamStatus": "ACTIVE",
            "StreamModeDetails": {"StreamMode": "PROVISIONED"}, "RetentionPeriodHours": 24,
            "StreamCreationTimestamp": created, "EnhancedMonitoring": [{"ShardLevelMetrics": []}],
            "EncryptionType": "NONE", "OpenShardCount": 2, "ConsumerCount": 0,
            "MaxRecordSizeInKiB": 1024, "ChannelCount": 0,
        })
    );
    assert_eq!(created.as_f64(), Some(1_767_225_600.0));
    bench.ok("DeleteStream", &json!({"StreamName": "s"}));
    assert_eq!(status(&mut bench), "DELETING");
    assert_eq!(bench.error("PutRecord", &put).0, "ResourceNotFoundException");
    bench.settle();
    assert_eq!(
        bench.error("DescribeStream", &json!({"StreamName": "s"})),
        (
            "ResourceNotFoundException".to_owned(),
            "Stream s under account 222222222222 not found.".to_owned()
        )
    );
}

#[test]
fn without_count_and_mode_a_stream_is_on_demand_with_four_shards() {
    let mut bench = Bench::empty();
    bench.ok("CreateStream", &json!({"StreamName": "s"}));
    bench.settle();
    let body = bench.ok("DescribeStream", &json!({"StreamName": "s"}));
    assert_eq!(body["StreamDescription"]["StreamModeDetails"]["StreamMode"], "ON_DEMAND");
    assert_eq!(body["StreamDescription"]["Shards"].as_array().map(Vec::len), Some(4));
    let resize =
        json!({"StreamName": "s", "TargetShardCount": 2, "ScalingType": "UNIFORM_SCALING"});
    assert_eq!(bench.error("UpdateShardCount", &resize).0, "ValidationException");
    let mode = |mode: &str| json!({"StreamARN": ARN, "StreamModeDetails": {"StreamMode": mode}});
    for name in ["PROVISIONED", "ON_DEMAND"] {
        bench.ok("UpdateStreamMode", &mode(name));
        bench.settle();
    }
    assert_eq!(bench.error("UpdateStreamMode", &mode("PROVISIONED")).0, "LimitExceededException");
    assert_eq!(bench.ok("DescribeLimits", &json!({}))["OnDemandStreamCount"], 1);
}

#[test]
fn quotas_are_kept() {
    let mut config = WorldConfig { settings: Settings::default(), ..WorldConfig::default() };
    config.settings.kinesis.shard_quota = Some(10);
    let mut bench = Bench::with(config).and_stream(8);
    let (code, message) = bench.error("CreateStream", &json!({"StreamName": "t", "ShardCount": 3}));
    assert_eq!(code, "LimitExceededException");
    assert!(
        message.starts_with(
            "This request would exceed the shard limit for the account 222222222222 in us-west-2. \
             Current shard count for the account: 8. Limit: 10. Number of additional shards that \
             would have resulted from this request: 3."
        ),
        "{message}"
    );
    let mut bench = Bench::empty();
    for name in ["a", "b", "c", "d", "e"] {
        bench.ok("CreateStream", &json!({"StreamName": name, "ShardCount": 1}));
    }
    let sixth = json!({"StreamName": "f", "ShardCount": 1});
    assert_eq!(bench.error("CreateStream", &sixth).0, "LimitExceededException");
    bench.settle();
    bench.ok("CreateStream", &sixth);
    let page = bench.ok("ListStreams", &json!({"Limit": 4}));
    assert_eq!(page["StreamNames"], json!(["a", "b", "c", "d"]));
    let rest = bench.ok("ListStreams", &json!({"NextToken": page["NextToken"]}));
    assert_eq!(rest["StreamNames"], json!(["e", "f"]));
    assert_eq!(rest["HasMoreStreams"], false);
    assert_eq!(rest["StreamSummaries"][1]["StreamStatus"], "CREATING");
}

#[test]
fn shapes_are_checked_in_the_services_words() {
    let mut bench = Bench::empty();
    assert_eq!(
        bench.error("CreateStream", &json!({"ShardCount": 0})).1,
        "2 validation errors detected: Value '0' at 'shardCount' failed to satisfy constraint: \
         Member must have value greater than or equal to 1; Value null at 'streamName' failed to \
         satisfy constraint: Member must not be null"
    );
    let (code, _) = bench.error("CreateStream", &json!({"StreamName": 5}));
    assert_eq!(code, "SerializationException");
    let (code, message) =
        bench.error("CreateStream", &json!({"StreamName": "a", "WarmThroughputMiBps": 5}));
    assert_eq!(code, "InvalidArgumentException", "{message}");
    let (code, message) = bench.error("SubscribeToShard", &json!({}));
    assert_eq!(code, "UnknownOperationException");
    assert!(message.contains("PutRecords"), "{message}");
}

#[test]
fn retention_moves_only_the_way_it_is_asked() {
    let mut bench = Bench::streaming(1);
    let hours = |hours: i64| json!({"StreamName": "s", "RetentionPeriodHours": hours});
    let (increase, decrease) = ("IncreaseStreamRetentionPeriod", "DecreaseStreamRetentionPeriod");
    bench.ok(increase, &hours(24));
    bench.ok(increase, &hours(48));
    assert_eq!(status(&mut bench), "UPDATING");
    bench.settle();
    for (operation, wanted, sentence) in [
        (
            increase,
            23,
            "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) \
             is too short.",
        ),
        (
            increase,
            47,
            "Requested retention period (47 hours) for stream s can not be shorter than existing \
             retention period (48 hours). Use DecreaseRetentionPeriod API.",
        ),
        (
            decrease,
            49,
            "Requested retention period (49 hours) for stream s can not be longer than existing \
             retention period (48 hours). Use IncreaseRetentionPeriod API.",
        ),
    ] {
        let expected = ("InvalidArgumentException".to_owned(), sentence.to_owned());
        assert_eq!(bench.error(operation, &hours(wanted)), expected);
    }
    assert_eq!(bench.error(increase, &hours(8761)).0, "InvalidArgumentException");
    bench.ok(decrease, &hours(24));
    bench.settle();
    let body = bench.ok("DescribeStream", &json!({"StreamName": "s"}));
    assert_eq!(body["StreamDescription"]["RetentionPeriodHours"], 24);
}

#[test]
fn tags_are_kept_in_order() {
    let mut bench = Bench::streaming(1);
    bench.ok("AddTagsToStream", &json!({"StreamName": "s", "Tags": {"b": "2", "a": "1", "c": ""}}));
    let body = bench.ok("ListTagsForStream", &json!({"StreamName": "s", "Limit": 2}));
    assert_eq!(
        body,
        json!({"Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}], "HasMoreTags": true})
    );
    bench.ok("RemoveTagsFromStream", &json!({"StreamName": "s", "TagKeys": ["a", "x"]}));
    bench.ok("TagResource", &json!({"ResourceARN": ARN, "Tags": {"d": "4"}}));
    bench.ok("UntagResource", &json!({"ResourceARN": ARN, "TagKeys": ["c"]}));
    let body = bench.ok("ListTagsForResource", &json!({"ResourceARN": ARN}));
    assert_eq!(body, json!({"Tags": [{"Key": "b", "Value": "2"}, {"Key": "d", "Value": "4"}]}));
    assert_eq!(
        bench.error("AddTagsToStream", &json!({"StreamName": "s", "Tags": {"a;": "1"}})).1,
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white \
         space, _ . / = + - % @."
    );
    let many: serde_json::Map<String, Value> =
        (0..49).map(|n| (format!("k{n}"), json!(""))).collect();
    assert_eq!(
        bench.error("AddTagsToStream", &json!({"StreamName": "s", "Tags": many})).1,
        "Failed to add tags to stream s under account 222222222222 because a given stream cannot \
         have more than 50 tags associated with it."
    );
}

#[test]
fn metrics_encryption_and_policy_are_told_again() {
    let mut bench = Bench::streaming(1);
    let metrics = |names: Value| json!({"StreamName": "s", "ShardLevelMetrics": names});
    let body = bench.ok("EnableEnhancedMonitoring", &metrics(json!(["ALL"])));
    assert_eq!(body["DesiredShardLevelMetrics"].as_array().map(Vec::len), Some(7));
    bench.settle();
    let body = bench.ok("DisableEnhancedMonitoring", &metrics(json!(["IncomingBytes"])));
    assert_eq!(body["DesiredShardLevelMetrics"].as_array().map(Vec::len), Some(6));
    bench.settle();
    let key = json!({"StreamName": "s", "EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"});
    bench.ok("StartStreamEncryption", &key);
    bench.settle();
    let put = json!({"StreamName": "s", "PartitionKey": "a", "Data": ""});
    assert_eq!(bench.ok("PutRecord", &put)["EncryptionType"], "KMS");
    bench.ok("StopStreamEncryption", &key);
    bench.settle();
    assert!(bench.ok("PutRecord", &put).get("EncryptionType").is_none());
    assert_eq!(bench.ok("GetResourcePolicy", &json!({"ResourceARN": ARN})), json!({}));
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow", "Principal": {"AWS": "111111111111"},
            "Action": "kinesis:PutRecord", "Resource": ARN,
        }],
    })
    .to_string();
    bench.ok("PutResourcePolicy", &json!({"ResourceARN": ARN, "Policy": policy}));
    assert_eq!(bench.ok("GetResourcePolicy", &json!({"ResourceARN": ARN}))["Policy"], policy);
    assert!(crate::kinesis::resource_policy(&bench.world, ARN).is_some());
    let malformed = json!({"ResourceARN": ARN, "Policy": "{"});
    assert_eq!(bench.error("PutResourcePolicy", &malformed).0, "InvalidArgumentException");
    bench.ok("DeleteResourcePolicy", &json!({"ResourceARN": ARN}));
    assert!(crate::kinesis::resource_policy(&bench.world, ARN).is_none());
}

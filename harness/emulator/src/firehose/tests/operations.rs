use super::super::testing::{ROLE_ARN, STREAM_ARN, s3_input};
use super::*;

#[test]
fn a_delivery_stream_is_described_as_it_was_made() {
    let bench = &mut bench("AllDocuments");
    let told = bench.ok("DescribeDeliveryStream", &json!({ "DeliveryStreamName": "d" }));
    let told = &told["DeliveryStreamDescription"];
    assert_eq!(told["DeliveryStreamStatus"], "ACTIVE");
    assert_eq!(told["DeliveryStreamType"], "KinesisStreamAsSource");
    let source = &told["Source"]["KinesisStreamSourceDescription"];
    assert_eq!(
        (&source["KinesisStreamARN"], &source["RoleARN"]),
        (&json!(STREAM_ARN), &json!(ROLE_ARN))
    );
    let destination = &told["Destinations"][0]["AmazonopensearchserviceDestinationDescription"];
    assert_eq!(destination["IndexName"], "logs");
    assert_eq!(destination["S3BackupMode"], "AllDocuments");
    assert_eq!(destination["RetryOptions"]["DurationInSeconds"], 300);
    let listed = bench.ok("ListDeliveryStreams", &json!({}));
    assert_eq!(listed, json!({ "DeliveryStreamNames": ["d"], "HasMoreDeliveryStreams": false }));
}

#[test]
fn a_second_stream_of_the_name_and_one_that_is_not_there_are_refused() {
    let mut bench = bench("AllDocuments");
    let mut input = s3_input(&json!({}));
    input["DeliveryStreamName"] = "d".into();
    assert_eq!(bench.error("CreateDeliveryStream", &input).0, "ResourceInUseException");
    let none = json!({ "DeliveryStreamName": "none" });
    assert_eq!(bench.error("DescribeDeliveryStream", &none).0, "ResourceNotFoundException");
    let put = json!({ "DeliveryStreamName": "d", "Record": { "Data": "YQ==" } });
    assert_eq!(bench.error("PutRecord", &put).0, "InvalidArgumentException");
}

#[test]
fn tags_are_kept() {
    let mut bench = bench("AllDocuments");
    let tags = json!([{ "Key": "team", "Value": "platform" }]);
    bench.ok("TagDeliveryStream", &json!({ "DeliveryStreamName": "d", "Tags": tags }));
    let listed = bench.ok("ListTagsForDeliveryStream", &json!({ "DeliveryStreamName": "d" }));
    assert_eq!(listed["Tags"], tags);
    bench.ok("UntagDeliveryStream", &json!({ "DeliveryStreamName": "d", "TagKeys": ["team"] }));
    let listed = bench.ok("ListTagsForDeliveryStream", &json!({ "DeliveryStreamName": "d" }));
    assert_eq!(listed["Tags"], json!([]));
}

#[test]
fn a_deleted_stream_is_gone_after_a_while() {
    let mut bench = bench("AllDocuments");
    bench.ok("DeleteDeliveryStream", &json!({ "DeliveryStreamName": "d" }));
    bench.settle();
    let named = json!({ "DeliveryStreamName": "d" });
    assert_eq!(bench.error("DescribeDeliveryStream", &named).0, "ResourceNotFoundException");
}

//! What is delivered, where, when.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::*;

#[test]
fn records_reach_the_log_group_at_once_and_the_bucket_in_five_minutes() {
    let mut bench = Bench::logging();
    let odd = EventRecord {
        timestamp: Timestamp::DEFAULT_EPOCH.plus_s(2),
        message:
            r#"{ "eventName":"\u0041", "awsRegion": "us-west-2",  "eventCategory":"Management" }"#
                .to_owned(),
    };
    // File order is not time order; PutLogEvents wants it, and equal times keep theirs.
    let events = [record(3), odd.clone(), record(2), with(1, &json!({"awsRegion": "eu-west-1"}))];
    bench.publish(&events);
    let expected = [&events[3], &odd, &events[2], &events[0]].map(|event| event.message.clone());
    assert_eq!(bench.stored(), expected, "byte for byte, in the order of time");
    assert_eq!(bench.codes(), []);
    assert_eq!(bench.keys(), Vec::<String>::new());
    assert_eq!(bench.world.trail_records_pending(), 4);
    bench.wait_s(299);
    assert_eq!(bench.keys(), Vec::<String>::new());
    bench.wait_s(1);
    let keys = bench.keys();
    assert_eq!(keys.len(), 2, "one for each Region");
    let day = "AWSLogs/111111111111/CloudTrail/eu-west-1/2026/01/01/";
    let name = "111111111111_CloudTrail_eu-west-1_20260101T0005Z_";
    let end = keys[0].strip_prefix(day).and_then(|rest| rest.strip_prefix(name)).expect("its form");
    let end = end.strip_suffix(".json.gz").expect("its ending");
    assert!(end.len() == 16 && end.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{end}");
    let text = format!(
        "{{\"Records\":[{},{},{}]}}",
        events[0].message, events[1].message, events[2].message
    );
    assert_eq!(bench.text(&keys[1]), text);
    assert_eq!(bench.status()["LatestDeliveryTime"], json!(1_767_225_900.0));
    assert_eq!(bench.world.trail_records_pending(), 0);
    assert_eq!(bench.world.next_deadline(), None, "nothing is due when nothing is buffered");
    let statistics = bench.world.trails().next().expect("a trail").statistics;
    assert_eq!((statistics.recorded, statistics.logs_delivered), (4, 4));
    assert_eq!((statistics.bucket_delivered, statistics.files), (4, 2));
}

#[test]
fn the_object_is_written_as_cloudtrail_writes_it() {
    let mut bench = Bench::logging();
    bench.publish(&[record(0)]);
    bench.wait_s(300);
    let key = bench.keys().remove(0);
    let bucket = bench.world.s3.buckets.get(BUCKET).expect("the bucket");
    assert_eq!(bucket.owner.as_str(), MASTER);
    let object = bucket.objects.get(&key).expect("the object");
    assert_eq!(object.description.content_type.as_deref(), Some("application/json"));
    assert_eq!(object.description.content_encoding.as_deref(), Some("gzip"));
}

#[test]
fn records_that_nobody_takes_are_told_with_the_reason() {
    let told = |bench: &mut Bench, event: EventRecord| {
        bench.unpublished.lock().expect("one thread").clear();
        bench.publish(&[event]);
        bench.codes()
    };
    let mut bench = Bench::furnished();
    assert_eq!(told(&mut bench, record(0)), [("NoTrail".to_owned(), 1)]);
    bench.ok("CreateTrail", &trail());
    assert_eq!(told(&mut bench, record(0)), [("NotLogging".to_owned(), 1)]);
    bench.ok("StartLogging", &json!({"Name": "demo"}));
    assert_eq!(told(&mut bench, record(0)), []);
    let data = with(0, &json!({"eventCategory": "Data", "managementEvent": false}));
    assert_eq!(told(&mut bench, data), [("NotSelected".to_owned(), 1)]);
    let text =
        |text: &str| EventRecord { timestamp: Timestamp::DEFAULT_EPOCH, message: text.to_owned() };
    assert_eq!(told(&mut bench, text("2 111111111111 eni-1")), [("InvalidRecord".to_owned(), 1)]);
    let huge = with(0, &json!({"requestParameters": "x".repeat(256 * 1024)}));
    assert_eq!(told(&mut bench, huge), [("RecordTooLarge".to_owned(), 1)]);
    let mut old = record(0);
    old.timestamp = old.timestamp.plus_s(-15 * 24 * 3600);
    assert_eq!(told(&mut bench, old), [("TooOldLogEvent".to_owned(), 1)]);
    let group = json!({"logGroupName": GROUP});
    bench.json(MEMBER, "logs", "Logs_20140328.DeleteLogGroup", &group).expect("deleted");
    assert_eq!(told(&mut bench, record(0)), [("ResourceNotFoundException".to_owned(), 1)]);
    let alone = json!({
        "Name": "demo", "CloudWatchLogsLogGroupArn": "", "CloudWatchLogsRoleArn": "",
        "IsMultiRegionTrail": false, "IncludeGlobalServiceEvents": false
    });
    bench.ok("UpdateTrail", &alone);
    assert_eq!(told(&mut bench, record(0)), [("NoLogGroup".to_owned(), 1)]);
    let elsewhere = with(0, &json!({"awsRegion": "eu-west-1"}));
    assert_eq!(told(&mut bench, elsewhere), [("NoTrail".to_owned(), 1)]);
    bench.ok("StopLogging", &json!({"Name": "demo"}));
    assert_eq!(told(&mut bench, record(0)), [("NotLogging".to_owned(), 1)]);
}

#[test]
fn one_trail_that_takes_a_record_is_enough() {
    let mut bench = Bench::logging();
    bench.ok("CreateTrail", &json!({"Name": "second", "S3BucketName": BUCKET}));
    bench.ok("StartLogging", &json!({"Name": "second"}));
    bench.publish(&[record(0)]);
    assert_eq!(bench.codes(), []);
    bench.wait_s(300);
    assert_eq!(bench.keys().len(), 2, "each trail writes its own file");
}

#[test]
fn a_trail_of_one_region_leaves_global_services_out_when_told_so() {
    let mut bench = Bench::furnished();
    let global = with(0, &json!({"awsRegion": "us-east-1", "eventSource": "iam.amazonaws.com"}));
    for (name, include) in [("with", true), ("without", false)] {
        let input =
            json!({"Name": name, "S3BucketName": BUCKET, "IncludeGlobalServiceEvents": include});
        bench.call_in("us-east-1", "CreateTrail", &input).expect("a trail");
        bench.call_in("us-east-1", "StartLogging", &json!({"Name": name})).expect("started");
    }
    bench.publish(&[global, with(0, &json!({"awsRegion": "us-east-1"}))]);
    let recorded: Vec<u64> = bench.world.trails().map(|t| t.statistics.recorded).collect();
    assert_eq!(recorded, [2, 1]);
}

#[test]
fn selectors_decide_what_is_recorded() {
    let mut bench = Bench::logging();
    let default = bench.ok("GetEventSelectors", &json!({"TrailName": "demo"}));
    assert_eq!(
        default["EventSelectors"],
        json!([{"ReadWriteType": "All", "IncludeManagementEvents": true, "DataResources": [],
            "ExcludeManagementEventSources": []}])
    );
    let read = with(1, &json!({"readOnly": true}));
    let object = json!([{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::b/k"}]);
    let data =
        with(2, &json!({"eventCategory": "Data", "managementEvent": false, "resources": object}));
    let events = [record(0), read, data];
    let mut put = |selectors: Value| {
        let mut input = selectors;
        input["TrailName"] = json!("demo");
        bench.ok("PutEventSelectors", &input);
        let before = bench.stored().len();
        bench.publish(&events);
        let stored = bench.stored().split_off(before);
        stored.iter().map(|m| events.iter().position(|e| e.message == *m)).collect::<Vec<_>>()
    };
    let basic = json!({"EventSelectors": [{"ReadWriteType": "WriteOnly", "DataResources":
        [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::b/"]}]}]});
    assert_eq!(put(basic), [Some(0), Some(2)]);
    let advanced = json!({"AdvancedEventSelectors": [{"Name": "reads", "FieldSelectors": [
        {"Field": "eventCategory", "Equals": ["Management"]},
        {"Field": "readOnly", "Equals": ["true"]}]}]});
    assert_eq!(put(advanced.clone()), [Some(1)]);
    let told = bench.ok("GetEventSelectors", &json!({"TrailName": "demo"}));
    assert_eq!(told["AdvancedEventSelectors"], advanced["AdvancedEventSelectors"]);
    assert_eq!(told.get("EventSelectors"), None);
    let trail = bench.ok("GetTrail", &json!({"Name": "demo"}));
    assert_eq!(trail["Trail"]["HasCustomEventSelectors"], true);
    let both = json!({"TrailName": "demo", "EventSelectors": [{}], "AdvancedEventSelectors": [{}]});
    assert_eq!(bench.error("PutEventSelectors", &both).0, "InvalidEventSelectorsException");
}

/// The digest files in the bucket: key, text, and the signature beside it.
fn digests(bench: &Bench) -> Vec<(String, String, String)> {
    let keys = bench.keys().into_iter().filter(|key| key.contains("CloudTrail-Digest"));
    keys.map(|key| {
        let metadata =
            &bench.world.s3.buckets[BUCKET].objects.get(&key).expect("it").description.metadata;
        assert_eq!(metadata["signature-algorithm"], "SHA256withRSA");
        let signature = metadata["signature"].clone();
        let text = bench.text(&key);
        (key, text, signature)
    })
    .collect()
}

#[test]
fn digest_files_are_chained_and_signed() {
    let mut bench = Bench::furnished();
    let mut input = trail();
    input["EnableLogFileValidation"] = json!(true);
    bench.ok("CreateTrail", &input);
    bench.ok("StartLogging", &json!({"Name": "demo"}));
    bench.publish(&[record(5), record(2)]);
    bench.wait_s(3600);
    bench.wait_s(3600);
    let digests = digests(&bench);
    assert_eq!(digests.len(), 2);
    let keys = bench.ok("ListPublicKeys", &json!({}));
    let hash = |text: &str| -> String {
        Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let signer = crate::cloudtrail::signing::Signer::new();
    let (first_key, first, first_signature) = &digests[0];
    let (second_key, second, second_signature) = &digests[1];
    let one: Value = serde_json::from_str(first).expect("JSON");
    assert!(first_key.ends_with("_us-west-2_demo_us-west-2_20260101T010000Z.json.gz"));
    assert_eq!(one["digestStartTime"], "2026-01-01T00:00:00Z");
    assert_eq!(one["digestEndTime"], "2026-01-01T01:00:00Z");
    assert_eq!(one["digestS3Object"], json!(first_key));
    assert_eq!(one["digestPublicKeyFingerprint"], keys["PublicKeyList"][0]["Fingerprint"]);
    assert_eq!(one["previousDigestSignature"], Value::Null);
    assert_eq!(one["newestEventTime"], "2026-01-01T00:00:05Z");
    let listed = &one["logFiles"][0];
    assert_eq!(listed["oldestEventTime"], "2026-01-01T00:00:02Z");
    let file = bench.text(listed["s3Object"].as_str().expect("a key"));
    assert_eq!(listed["hashValue"], json!(hash(&file)));
    let signed = |digest: &Value, text: &str, before: &str| {
        let field = |name: &str| digest[name].as_str().unwrap_or_default().to_owned();
        let (end, object) = (field("digestEndTime"), field("digestS3Object"));
        signer.sign(format!("{end}\n{BUCKET}/{object}\n{}\n{before}", hash(text)).as_bytes())
    };
    assert_eq!(*first_signature, signed(&one, first, "null"));
    let two: Value = serde_json::from_str(second).expect("JSON");
    assert_eq!(two["logFiles"], json!([]), "an hour without records has a digest file too");
    assert_eq!(two["digestStartTime"], one["digestEndTime"]);
    assert_eq!(two["previousDigestS3Object"], json!(first_key));
    assert_eq!(two["previousDigestHashValue"], json!(hash(first)));
    assert_eq!(two["previousDigestSignature"], json!(first_signature));
    assert_eq!(*second_signature, signed(&two, second, first_signature));
    assert_eq!(two["digestS3Object"], json!(second_key));
    assert_eq!(bench.status()["LatestDigestDeliveryTime"], json!(1_767_232_800.0));
}

#[test]
fn digest_files_end_with_the_logging() {
    let mut bench = Bench::furnished();
    let mut input = trail();
    input["EnableLogFileValidation"] = json!(true);
    bench.ok("CreateTrail", &input);
    assert_eq!(bench.world.next_deadline(), None);
    bench.ok("StartLogging", &json!({"Name": "demo"}));
    bench.wait_s(3500);
    bench.publish(&[record(3500)]);
    bench.ok("StopLogging", &json!({"Name": "demo"}));
    while let Some(next) = bench.world.next_deadline() {
        bench.now = next;
        bench.world.advance(next);
    }
    let digests = digests(&bench);
    assert_eq!(digests.len(), 2, "the record's file came after the first");
    assert!(!digests[1].1.contains("\"logFiles\":[]"));
}

#[test]
fn a_deleted_trail_leaves_nothing_behind() {
    let mut bench = Bench::logging();
    bench.publish(&[record(0)]);
    bench.ok("DeleteTrail", &json!({"Name": "demo"}));
    assert_eq!(bench.keys().len(), 1, "what it had recorded is written");
    bench.ok("CreateTrail", &trail());
    bench.ok("StartLogging", &json!({"Name": "demo"}));
    bench.wait_s(100);
    bench.publish(&[record(100)]);
    bench.wait_s(200);
    assert_eq!(bench.keys().len(), 1, "the old trail's deadline is not the new one's");
    bench.wait_s(100);
    assert_eq!(bench.keys().len(), 2);
}

#[test]
fn the_same_calls_leave_the_same_trace() {
    let run = || {
        let mut bench = Bench::logging();
        for n in 0..50 {
            bench.publish(&[record(n), record(n)]);
        }
        bench.wait_s(4000);
        (bench.world.trace_sha256(), bench.keys())
    };
    assert_eq!(run(), run());
}

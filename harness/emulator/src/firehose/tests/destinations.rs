use super::super::testing::s3_input;
use super::*;
use crate::kernel::ServiceError;

#[test]
fn documents_that_are_throttled_are_sent_again_alone() {
    let mut bench = bench("FailedDocumentsOnly");
    bench.fake().refuse.push(("\"b\"", 429, 2));
    for text in ["a", "b", "c"] {
        bench.put("k", text);
    }
    bench.settle();
    let mut found = indexed(&bench);
    found.sort();
    assert_eq!(found, ["a", "b", "c"]);
    assert_eq!(bench.fake().bulk_times.len(), 3);
    assert_eq!(
        bench.fake().indexes.values().map(std::collections::BTreeMap::len).sum::<usize>(),
        3
    );
    assert!(bench.lines("failed").is_empty());
}

#[test]
fn a_document_that_cannot_be_indexed_lies_under_the_error_prefix() {
    let mut bench = bench("FailedDocumentsOnly");
    bench.fake().refuse.push(("\"b\"", 400, u32::MAX));
    for text in ["a", "b"] {
        bench.put("k", text);
    }
    bench.settle();
    assert_eq!(indexed(&bench), ["a"]);
    let failed = bench.lines("AmazonOpenSearchService-failed");
    assert_eq!(failed.len(), 1);
    assert_eq!(raw(&failed[0]), "{\"m\":\"b\"}");
    assert_eq!(failed[0]["errorCode"], "400");
    assert_eq!(failed[0]["esIndexName"], "logs-2026-01-01", "rotated by the day");
    let heard = bench.heard.lock().expect("no panic");
    assert_eq!(heard.gave_up[0].4, [bytes::Bytes::from("{\"m\":\"b\"}")]);
}

#[test]
fn a_domain_that_is_down_is_tried_until_the_retry_duration_is_over() {
    let mut bench = bench("FailedDocumentsOnly");
    for _ in 0..1_000 {
        let down = ServiceError::client("ServiceUnavailable", "down").status(503);
        bench.fake().bulk_errors.push_back(down);
    }
    bench.put("k", "a");
    let start = bench.now;
    bench.settle();
    let failed = bench.lines("AmazonOpenSearchService-failed");
    assert_eq!(failed.len(), 1);
    let took = bench.now.ms_since(start);
    assert!((300_000..600_000).contains(&took), "the default is 300 s; it took {took} ms");
    assert!(bench.fake().bulk_times.len() > 3);
}

#[test]
fn the_backup_keeps_every_source_record_in_its_order() {
    let mut bench = bench("AllDocuments");
    for text in ["a", "drop-1", "fail-1", "b"] {
        bench.put("k", text);
    }
    bench.settle();
    let objects = bench.objects("");
    let kept: Vec<&(String, bytes::Bytes)> =
        objects.iter().filter(|(key, _)| !key.contains("failed")).collect();
    assert_eq!(kept.len(), 1, "{objects:?}");
    assert_eq!(kept[0].1, "adrop-1fail-1b", "records are concatenated as they are");
    assert!(kept[0].0.starts_with("2026/01/01/00/d-1-2026-01-01-00-"), "{}", kept[0].0);
    let heard = bench.heard.lock().expect("no panic");
    assert_eq!(heard.backed_up.len(), 4);
}

#[test]
fn direct_puts_make_compressed_objects_under_their_prefix() {
    let mut bench = Bench::new(1);
    bench.create(&s3_input(&json!({
        "Prefix": "logs/!{timestamp:yyyy-MM-dd}/",
        "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
        "CompressionFormat": "GZIP",
    })));
    for text in ["YQ==", "Yg=="] {
        let input = json!({ "DeliveryStreamName": "d", "Record": { "Data": text } });
        assert!(bench.ok("PutRecord", &input)["RecordId"].is_string());
    }
    let batch =
        json!({ "DeliveryStreamName": "d", "Records": [{ "Data": "Yw==" }, { "Data": "ZA==" }] });
    assert_eq!(bench.ok("PutRecordBatch", &batch)["FailedPutCount"], 0);
    bench.wait_s(59);
    assert!(bench.objects("").is_empty(), "the interval is 60 s");
    bench.settle();
    let objects = bench.objects("logs/2026-01-01/");
    assert_eq!(objects.len(), 1);
    assert!(objects[0].0.ends_with(".gz"), "{}", objects[0].0);
    assert_eq!(objects[0].1, "abcd");
}

#[test]
fn an_object_that_s3_does_not_take_is_written_later() {
    let mut bench = bench("AllDocuments");
    for _ in 0..3 {
        let slow = ServiceError::client("SlowDown", "slow down").status(503);
        bench.fake().put_errors.push_back(slow);
    }
    bench.put("k", "a");
    bench.settle();
    assert_eq!(bench.objects("").len(), 1);
    assert_eq!(indexed(&bench), ["a"]);
}

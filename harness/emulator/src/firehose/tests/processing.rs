use super::super::testing::{answered, raised, transform};
use super::*;

#[test]
fn records_are_answered_one_by_one_and_keep_their_order() {
    let mut bench = bench("FailedDocumentsOnly");
    for text in ["a", "drop-1", "b", "fail-1", "c"] {
        bench.put("k", text);
    }
    bench.settle();
    assert_eq!(indexed(&bench), ["a", "b", "c"]);
    let failed = bench.lines("processing-failed");
    assert_eq!(failed.len(), 1);
    assert_eq!(raw(&failed[0]), "fail-1");
    assert_eq!(failed[0]["errorCode"], "Lambda.ProcessingFailedStatus");
    assert_eq!(failed[0]["attemptsMade"], 1);
    assert!(bench.world.firehose_pending().is_empty());
    assert_eq!(bench.world.next_deadline(), None, "nothing polls");
    let heard = bench.heard.lock().expect("no panic");
    let answers: Vec<&str> = heard.transformed.iter().map(|(_, answer, _)| *answer).collect();
    assert_eq!(answers, ["Ok", "Dropped", "Ok", "ProcessingFailed", "Ok"]);
    assert_eq!(heard.ingested.len(), 5);
    assert_eq!(heard.gave_up.len(), 1);
}

#[test]
fn an_invocation_that_fails_is_tried_three_times_more() {
    let mut bench = bench("FailedDocumentsOnly");
    let mut failures = 3;
    bench.function = Box::new(move |event| {
        failures -= 1;
        if failures >= 0 { raised("ValueError") } else { transform(event) }
    });
    bench.put("k", "a");
    bench.settle();
    assert_eq!(indexed(&bench), ["a"]);
    let times: Vec<i64> =
        bench.events.windows(2).map(|pair| pair[1].0.ms_since(pair[0].0)).collect();
    assert_eq!(times, [4_100, 8_100, 16_100], "each wait is twice the last");
}

#[test]
fn a_batch_that_always_fails_lies_under_the_error_prefix() {
    let mut bench = bench("FailedDocumentsOnly");
    bench.function = Box::new(|_| raised("ValueError"));
    bench.put("k", "a");
    bench.put("k", "b");
    bench.settle();
    assert_eq!(bench.events.len(), 4);
    let failed = bench.lines("processing-failed");
    assert_eq!(failed.iter().map(raw).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(failed[0]["errorCode"], "Lambda.FunctionError");
    assert_eq!(failed[0]["attemptsMade"], 4);
    assert!(indexed(&bench).is_empty());
}

#[test]
fn answers_that_break_the_contract_fail_their_records() {
    for (answer, code) in [
        (json!({ "records": [] }), "Lambda.MissingRecordId"),
        (json!({}), ""),
        (json!({ "records": [{ "recordId": "$", "result": "Fine", "data": "e30=" }] }), ""),
        (
            json!({ "records": [{ "recordId": "$", "result": "Ok", "data": "e30=" }, { "recordId": "$", "result": "Ok", "data": "e30=" }] }),
            "Lambda.DuplicatedRecordId",
        ),
    ] {
        let mut bench = bench("FailedDocumentsOnly");
        let told = answer.to_string();
        bench.function = Box::new(move |event| {
            let id = event["records"][0]["recordId"].as_str().expect("an id");
            answered(&serde_json::from_str(&told.replace('$', id)).expect("JSON"))
        });
        bench.put("k", "a");
        bench.settle();
        let failed = bench.lines("processing-failed");
        assert_eq!(failed.len(), 1, "{answer}");
        let found = failed[0]["errorCode"].as_str().unwrap_or_default();
        assert!(found.starts_with("Lambda.") && found.contains(code), "{answer}: {found}");
        assert_eq!(raw(&failed[0]), "a");
    }
}

#[test]
fn the_processors_buffer_waits_for_its_interval_or_its_size() {
    let mut bench = Bench::new(1);
    let parameters = [("BufferIntervalInSeconds", "60"), ("BufferSizeInMBs", "1")];
    bench.create(&search_input(&parameters, "FailedDocumentsOnly"));
    bench.put("k", "a");
    bench.wait_s(55);
    assert!(bench.events.is_empty(), "the interval is not over");
    bench.wait_s(10);
    assert_eq!(bench.events.len(), 1);
    let large = "x".repeat(400 * 1024);
    for _ in 0..3 {
        bench.put("k", &large);
        bench.wait_s(1);
    }
    bench.wait_s(5);
    assert_eq!(bench.events.len(), 2, "a megabyte is full before the interval is over");
}

#[test]
fn the_event_is_as_the_blueprints_read_it() {
    let mut bench = bench("FailedDocumentsOnly");
    let sequence = bench.put("the-key", "a");
    bench.settle();
    let event = &bench.events[0].1;
    assert_eq!(
        event["deliveryStreamArn"],
        "arn:aws:firehose:us-west-2:444444444444:deliverystream/d"
    );
    assert_eq!(event["sourceKinesisStreamArn"], super::super::testing::STREAM_ARN);
    assert_eq!(event["region"], "us-west-2");
    let record = &event["records"][0];
    assert_eq!(record["data"], "YQ==");
    let metadata = &record["kinesisRecordMetadata"];
    assert_eq!(metadata["partitionKey"], "the-key");
    assert_eq!(metadata["sequenceNumber"], sequence);
    assert_eq!(metadata["shardId"], "shardId-000000000000");
}

#[test]
fn a_source_that_is_split_is_read_on() {
    let mut bench = bench("FailedDocumentsOnly");
    bench.put("k", "before");
    bench.kinesis(
        "SplitShard",
        &json!({
            "StreamName": "s", "ShardToSplit": "shardId-000000000000",
            "NewStartingHashKey": "170141183460469231731687303715884105728",
        }),
    );
    bench.settle();
    for key in ["k", "l", "m", "n"] {
        bench.put(key, &format!("after-{key}"));
    }
    bench.settle();
    let mut found = indexed(&bench);
    assert_eq!(found.remove(0), "before");
    found.sort();
    assert_eq!(found, ["after-k", "after-l", "after-m", "after-n"]);
}

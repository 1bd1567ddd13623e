//! The built-in transforms keep the contract.

#![expect(clippy::expect_used, reason = "a test may fail")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};
use tributary_transform::{Answer, PutBackTarget, RESPONSE_MAX_BYTES, builtin, deflate, inflate};

const STREAM: &str = "arn:aws:kinesis:us-west-2:111111111111:stream/Demo_Kinesis_Stream";

fn envelope(events: &[&str]) -> Vec<u8> {
    let events: Vec<Value> = events
        .iter()
        .enumerate()
        .map(|(n, message)| json!({ "id": n.to_string(), "timestamp": n, "message": message }))
        .collect();
    json!({
        "messageType": "DATA_MESSAGE", "owner": "222222222222", "logGroup": "g", "logStream": "s",
        "subscriptionFilters": ["f"], "logEvents": events,
    })
    .to_string()
    .into_bytes()
}

fn invoke(name: &str, records: &[Vec<u8>]) -> (Value, Answer) {
    let records: Vec<Value> = records
        .iter()
        .enumerate()
        .map(|(n, data)| {
            json!({
                "recordId": format!("{n:062}"), "approximateArrivalTimestamp": 0,
                "data": STANDARD.encode(data),
                "kinesisRecordMetadata": { "partitionKey": format!("key {n}") },
            })
        })
        .collect();
    let event = json!({
        "invocationId": "i", "deliveryStreamArn": "d", "sourceKinesisStreamArn": STREAM,
        "region": "us-west-2", "records": records,
    });
    let answer = builtin(name)
        .expect("a built-in")
        .handle(event.to_string().as_bytes())
        .expect("it answers");
    (serde_json::from_slice(&answer.response).expect("JSON"), answer)
}

fn results(response: &Value) -> Vec<String> {
    response["records"]
        .as_array()
        .expect("records")
        .iter()
        .map(|record| record["result"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn data(record: &Value) -> Vec<u8> {
    STANDARD.decode(record["data"].as_str().expect("data")).expect("base64")
}

#[test]
fn the_envelope_becomes_one_document() {
    let (response, answer) =
        invoke("builtin:envelope", &[deflate(&envelope(&["a", "b"])), deflate(&envelope(&["c"]))]);
    assert_eq!(results(&response), ["Ok", "Ok"]);
    assert_eq!(data(&response["records"][0]), envelope(&["a", "b"]));
    assert!(answer.put_back.is_empty());
}

#[test]
fn a_control_message_is_dropped_and_the_rest_of_the_batch_lives() {
    let control = json!({
        "messageType": "CONTROL_MESSAGE", "owner": "CloudwatchLogs", "logGroup": "",
        "logStream": "", "subscriptionFilters": [],
        "logEvents": [{ "id": "", "timestamp": 0, "message": "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream." }],
    });
    let batch = [
        deflate(&envelope(&["a"])),
        deflate(control.to_string().as_bytes()),
        b"not gzip".to_vec(),
        deflate(b"not json"),
        deflate(br#"{"messageType":"OTHER"}"#),
        deflate(&envelope(&["b"])),
    ];
    for name in builtin::NAMES {
        let (response, _) = invoke(name, &batch);
        assert_eq!(
            results(&response),
            ["Ok", "Dropped", "ProcessingFailed", "ProcessingFailed", "ProcessingFailed", "Ok"],
            "{name}"
        );
    }
}

#[test]
fn line_ends_between_tokens_are_taken_out() {
    let pretty = serde_json::to_string_pretty(
        &serde_json::from_slice::<Value>(&envelope(&["a\nb"])).expect("JSON"),
    )
    .expect("JSON");
    let (response, _) = invoke("builtin:envelope", &[deflate(pretty.as_bytes())]);
    let document = data(&response["records"][0]);
    assert!(!document.contains(&b'\n'));
    let value: Value = serde_json::from_slice(&document).expect("JSON");
    assert_eq!(value["logEvents"][0]["message"], "a\nb");
}

#[test]
fn documents_puts_events_back_singly_and_then_passes_them_on() {
    let (response, answer) = invoke("builtin:documents", &[deflate(&envelope(&["a", "b", "c"]))]);
    assert_eq!(results(&response), ["Dropped"]);
    assert_eq!(answer.put_back.len(), 3);
    assert!(answer.put_back.iter().all(|back| back.partition_key == "key 0"
        && back.target == PutBackTarget::Stream(STREAM.to_owned())));
    let again: Vec<Vec<u8>> = answer.put_back.into_iter().map(|back| back.data).collect();
    let (response, answer) = invoke("builtin:documents", &again);
    assert!(answer.put_back.is_empty());
    let messages: Vec<Value> = response["records"]
        .as_array()
        .expect("records")
        .iter()
        .map(|record| serde_json::from_slice(&data(record)).expect("one document"))
        .map(|document: Value| document["message"].clone())
        .collect();
    assert_eq!(messages, ["a", "b", "c"]);
}

#[test]
fn the_response_stays_within_six_megabytes() {
    let big = "x".repeat(900_000);
    let batch: Vec<Vec<u8>> = (0..8).map(|_| deflate(&envelope(&[&big]))).collect();
    let (response, answer) = invoke("builtin:envelope", &batch);
    assert!(answer.response.len() <= RESPONSE_MAX_BYTES);
    let results = results(&response);
    assert_eq!(results.iter().filter(|result| *result == "Ok").count(), 4);
    assert_eq!(answer.put_back.len(), 4);
    assert_eq!(answer.put_back[0].data, batch[4]);
}

#[test]
fn an_envelope_that_never_fits_is_halved_and_a_single_event_fails() {
    let big = "x".repeat(2_600_000);
    let (response, answer) = invoke("builtin:envelope", &[deflate(&envelope(&[&big, &big]))]);
    assert_eq!(results(&response), ["Dropped"]);
    let halves: Vec<Value> = answer
        .put_back
        .iter()
        .map(|back| serde_json::from_slice(&inflate(&back.data).expect("gzip")).expect("JSON"))
        .collect();
    assert_eq!(
        halves.iter().map(|h| h["logEvents"].as_array().map_or(0, Vec::len)).sum::<usize>(),
        2
    );
    let huge = "x".repeat(5_000_000);
    for name in builtin::NAMES {
        let (response, answer) = invoke(name, &[deflate(&envelope(&[&huge]))]);
        assert_eq!(results(&response), ["ProcessingFailed"], "{name}");
        assert!(answer.put_back.is_empty());
    }
}

#[test]
fn what_is_no_event_is_an_error_of_the_function() {
    for name in builtin::NAMES {
        let error = builtin(name).expect("a built-in").handle(b"{}").expect_err("no records");
        assert_eq!(error.error_type, "Runtime.UnmarshalError");
    }
    assert!(builtin("builtin:other").is_err());
}

proptest! {
    /// Every record is answered once, in order, and every event of a data envelope either goes on
    /// or goes back, exactly once.
    #[test]
    fn nothing_is_lost_or_doubled(batch in prop::collection::vec(prop::collection::vec("[a-z\"\\\\\n é]{0,12}", 0..5), 0..6)) {
        let records: Vec<Vec<u8>> = batch
            .iter()
            .map(|events| deflate(&envelope(&events.iter().map(String::as_str).collect::<Vec<_>>())))
            .collect();
        for name in builtin::NAMES {
            let (response, answer) = invoke(name, &records);
            let answered = response["records"].as_array().cloned().unwrap_or_default();
            prop_assert_eq!(answered.len(), records.len());
            let mut messages = Vec::new();
            let mut back = answer.put_back.iter();
            for (record, events) in answered.iter().zip(&batch) {
                if record["result"] == "Ok" {
                    let document: Value = serde_json::from_slice(&data(record)).expect("JSON");
                    match document["logEvents"].as_array() {
                        Some(list) => messages.extend(list.iter().map(|e| e["message"].clone())),
                        None => messages.push(document["message"].clone()),
                    }
                } else {
                    for _ in events {
                        let data = &back.next().expect("put back").data;
                        let value: Value = serde_json::from_slice(&inflate(data).expect("gzip")).expect("JSON");
                        messages.push(value["logEvents"][0]["message"].clone());
                    }
                }
            }
            let sent: Vec<Value> = batch.iter().flatten().map(|m| Value::from(m.as_str())).collect();
            prop_assert_eq!(messages, sent);
        }
    }
}

//! A transform is held to the contract as Firehose does it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use serde_json::{Value, json};
use tributary_transform::{Answer, HandlerError, Transform};
use tributary_vocabulary::Stage;

use super::stand::Stand;
use crate::bridge::{Bridges, BulkWriter, Document, DocumentTarget, WriteOutcome};

/// Answers the n-th record of all in the n-th way.
struct Wrong;

impl Transform for Wrong {
    fn name(&self) -> &str {
        "wrong"
    }

    fn handle(&mut self, event: &[u8]) -> Result<Answer, HandlerError> {
        let event: Value = serde_json::from_slice(event).unwrap();
        let mut records = Vec::new();
        for record in event["records"].as_array().unwrap() {
            let (id, data) = (&record["recordId"], json!("e30="));
            let ok = json!({ "recordId": id, "result": "Ok", "data": data });
            match record["kinesisRecordMetadata"]["partitionKey"].as_str().unwrap() {
                "good" => records.push(ok),
                "missing" => {}
                "unknown" => records.push(json!({ "recordId": "x", "result": "Dropped" })),
                "twice" => records.extend([ok.clone(), ok]),
                "base64" => {
                    records.push(json!({ "recordId": id, "result": "Ok", "data": "b'e30='" }));
                }
                "failed" => records.push(json!({ "recordId": id, "result": "ProcessingFailed" })),
                "lines" => {
                    let data = "e30Ke30K";
                    records.push(json!({ "recordId": id, "result": "Ok", "data": data }));
                }
                key => panic!("there is no {key}"),
            }
        }
        let response = json!({ "records": records }).to_string().into_bytes();
        Ok(Answer { response, put_back: Vec::new() })
    }
}

/// Fails until it was called so often.
struct Failing(Arc<AtomicU32>, u32);

impl Transform for Failing {
    fn name(&self) -> &str {
        "failing"
    }

    fn handle(&mut self, event: &[u8]) -> Result<Answer, HandlerError> {
        if self.0.fetch_add(1, Ordering::Relaxed) < self.1 {
            return Err(HandlerError::new("ValueError", "not now"));
        }
        let event: Value = serde_json::from_slice(event).unwrap();
        let records = event["records"].as_array().unwrap().iter();
        let records: Vec<Value> = records
            .map(|record| json!({ "recordId": record["recordId"], "result": "Ok", "data": "e30=" }))
            .collect();
        let response = json!({ "records": records }).to_string().into_bytes();
        Ok(Answer { response, put_back: Vec::new() })
    }
}

/// Keeps what is written; the first request is lost on its way, the second refuses the rest.
#[derive(Clone, Default)]
struct Writer(Arc<Mutex<(u32, Vec<Document>)>>);

impl BulkWriter for Writer {
    fn write(&self, documents: &[Document]) -> Result<Vec<WriteOutcome>, String> {
        let mut state = self.0.lock().unwrap();
        state.0 += 1;
        let calls = state.0;
        if calls == 1 {
            return Err("connection reset".to_owned());
        }
        let mut outcomes = Vec::new();
        for (place, document) in documents.iter().enumerate() {
            if calls == 2 && place > 0 {
                outcomes.push(WriteOutcome::Later("429".to_owned()));
            } else if document.source.starts_with(b"{\"n\":3") {
                outcomes.push(WriteOutcome::Never("400: mapper_parsing_exception".to_owned()));
            } else {
                state.1.push(document.clone());
                outcomes.push(WriteOutcome::Written);
            }
        }
        Ok(outcomes)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_break_the_contract_are_coded_as_by_firehose() {
    let stand = Stand::new(1, 1).await;
    let written = Writer::default();
    written.0.lock().unwrap().0 = 2;
    let to = DocumentTarget::Bulk(Box::new(written.clone()));
    let bridges = Bridges::start(stand.plan(None, Some((Box::new(Wrong), to))));
    let keys = ["good", "missing", "unknown", "twice", "base64", "failed", "lines", "good"];
    let records: Vec<_> = keys.iter().map(|key| stand.envelope(key, 0, 1)).collect();
    stand.put(&records).await;
    stand.until(&bridges, |_| written.0.lock().unwrap().1.len() == 2).await;
    let troubles = bridges.troubles();
    bridges.stop().await;
    let ledger = stand.ledger.lock();
    let codes: Vec<(&str, u64)> =
        ledger.contract.iter().map(|((code, _), records)| (code.as_str(), *records)).collect();
    assert_eq!(
        codes,
        [
            ("Lambda.DuplicatedRecordId", 1),
            ("Lambda.JsonMappingException", 1),
            ("Lambda.MissingRecordId", 2),
            ("Lambda.ProcessingFailedStatus", 1),
        ]
    );
    let causes: Vec<String> =
        ledger.stops.counted().iter().map(|(stop, ..)| stop.cause.clone()).collect();
    assert!(
        causes.iter().any(|cause| cause.starts_with("Lambda.MissingRecordId: One or more record")),
        "{causes:?}"
    );
    assert!(troubles.iter().any(|told| told.contains("OS.MalformedData")), "{troubles:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_function_that_fails_is_invoked_three_times_more() {
    for (failures, expected) in [(3, 4_u32), (9, 4)] {
        let stand = Stand::new(1, 1).await;
        let calls = Arc::new(AtomicU32::new(0));
        let transform = Box::new(Failing(calls.clone(), failures));
        let bridges = Bridges::start(stand.plan(None, Some((transform, DocumentTarget::Nowhere))));
        stand.put(&[stand.envelope("a", 0, 1)]).await;
        stand.until(&bridges, |_| calls.load(Ordering::Relaxed) >= expected).await;
        let transform = bridges.figures().transform.unwrap();
        bridges.stop().await;
        assert_eq!(calls.load(Ordering::Relaxed), expected, "{failures}");
        assert_eq!(transform.invocations, u64::from(expected));
        let ledger = stand.ledger.lock();
        let stop = ledger.stops.of(0).map(|stop| (stop.stage, stop.cause.clone()));
        if failures == 3 {
            assert_eq!((stop, ledger.contract.len()), (None, 0));
        } else {
            let (stage, cause) = stop.expect("it was given up");
            assert_eq!(stage, Stage::Transform);
            let told =
                r#"Lambda.FunctionError: {"errorMessage":"not now","errorType":"ValueError"}"#;
            assert!(cause.starts_with(told), "{cause}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn documents_are_written_until_they_are_taken() {
    struct Numbers;
    impl Transform for Numbers {
        fn name(&self) -> &str {
            "numbers"
        }

        fn handle(&mut self, event: &[u8]) -> Result<Answer, HandlerError> {
            let event: Value = serde_json::from_slice(event).unwrap();
            let mut response = tributary_transform::Response::new();
            for record in event["records"].as_array().unwrap() {
                let key = record["kinesisRecordMetadata"]["partitionKey"].as_str().unwrap();
                let document = format!("{{\"n\":{key}}}");
                response.ok(record["recordId"].as_str().unwrap(), document.as_bytes());
            }
            Ok(Answer { response: response.finish(), put_back: Vec::new() })
        }
    }
    let stand = Stand::new(1, 1).await;
    let written = Writer::default();
    let to = DocumentTarget::Bulk(Box::new(written.clone()));
    let bridges = Bridges::start(stand.plan(None, Some((Box::new(Numbers), to))));
    let records: Vec<_> =
        (0..6).map(|n: u32| (n.to_string(), Bytes::from_static(b"record"))).collect();
    stand.put(&records).await;
    stand.until(&bridges, |_| written.0.lock().unwrap().1.len() == 5).await;
    let troubles = bridges.troubles();
    bridges.stop().await;
    let state = written.0.lock().unwrap();
    let sources: Vec<&[u8]> = state.1.iter().map(|document| &document.source[..]).collect();
    let expected = ["{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"n\":4}", "{\"n\":5}"];
    assert_eq!(sources, expected.map(str::as_bytes));
    assert!(state.1[0].id.starts_with("shardId-000000000000."), "{}", state.1[0].id);
    assert_eq!(troubles.len(), 1, "{troubles:?}");
    assert!(troubles[0].contains("mapper_parsing_exception (1 given up)"), "{troubles:?}");
}

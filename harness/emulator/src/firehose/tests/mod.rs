//! The service as a whole: from its sources through the processor to its destinations.

mod destinations;
mod laws;
mod operations;
mod policies;
mod processing;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::testing::{Bench, search_input};

/// A stream from one shard through the processor, at once, to OpenSearch.
fn bench(backup: &str) -> Bench {
    let mut bench = Bench::new(1);
    let now = [("BufferIntervalInSeconds", "1"), ("BufferSizeInMBs", "1")];
    bench.create(&search_input(&now, backup));
    bench
}

/// The texts of the documents in the index, in the order in which they came.
fn indexed(bench: &Bench) -> Vec<String> {
    let heard = bench.heard.lock().expect("no panic");
    let document = |data: &bytes::Bytes| serde_json::from_slice::<Value>(data).expect("JSON");
    heard
        .indexed
        .iter()
        .map(|data| document(data)["m"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// The data of a line under an error prefix.
fn raw(line: &Value) -> String {
    let data = line["rawData"].as_str().expect("rawData");
    String::from_utf8(STANDARD.decode(data).expect("base64")).expect("UTF-8")
}

/// A statement that allows this.
fn allow(actions: &[&str]) -> Value {
    json!({ "Effect": "Allow", "Action": actions, "Resource": "*" })
}

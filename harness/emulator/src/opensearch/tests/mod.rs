//! The engine at its HTTP door.

mod aggregations;
mod bulk;
mod indices;
mod laws;
mod searches;

use http::Method;
use serde_json::{Value, json};
use tributary_vocabulary::{Seed, Timestamp};

use super::{Engine, HttpRequest};

/// A domain and its time.
struct Site {
    engine: Engine,
    now: Timestamp,
}

impl Site {
    fn new() -> Self {
        Self { engine: Engine::new(Seed::new(1)), now: Timestamp::DEFAULT_EPOCH }
    }

    fn send(&mut self, method: Method, path: &str, body: &str) -> (u16, Value) {
        let response =
            self.engine.handle(self.now, &HttpRequest::new(method, path, body.to_owned()));
        (response.status, response.value())
    }

    fn get(&mut self, path: &str) -> Value {
        self.send(Method::GET, path, "").1
    }

    fn ok(&mut self, method: Method, path: &str, body: &Value) -> Value {
        let text = if body.is_null() { String::new() } else { body.to_string() };
        let (status, answer) = self.send(method, path, &text);
        assert!((200..300).contains(&status), "{path}: {answer}");
        answer
    }

    /// The status, type and reason of a refusal.
    fn refused(&mut self, method: Method, path: &str, body: &Value) -> (u16, String, String) {
        let text = if body.is_null() { String::new() } else { body.to_string() };
        let (status, answer) = self.send(method, path, &text);
        let told = |name: &str| answer["error"][name].as_str().unwrap_or_default().to_owned();
        (status, told("type"), told("reason"))
    }

    /// Writes documents with the ids 1, 2, … and refreshes.
    fn fill(&mut self, index: &str, documents: &[Value]) {
        let mut body = String::new();
        for (number, document) in documents.iter().enumerate() {
            let action = json!({ "index": { "_id": (number + 1).to_string() } });
            body.push_str(&format!("{action}\n{document}\n"));
        }
        let (status, answer) =
            self.send(Method::POST, &format!("/{index}/_bulk?refresh=true"), &body);
        assert_eq!((status, &answer["errors"]), (200, &json!(false)), "{answer}");
    }

    /// The ids that a query finds, in the order of the hits.
    fn ids(&mut self, index: &str, query: &Value) -> Vec<String> {
        let body = json!({ "query": query, "size": 1000 });
        let answer = self.ok(Method::POST, &format!("/{index}/_search"), &body);
        ids_of(&answer)
    }
}

fn ids_of(answer: &Value) -> Vec<String> {
    let hits = answer["hits"]["hits"].as_array().cloned().unwrap_or_default();
    hits.iter().map(|hit| hit["_id"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Five flow-log records.
fn flows() -> Vec<Value> {
    vec![
        json!({ "srcaddr": "10.0.0.1", "dstport": 443, "action": "ACCEPT", "bytes": 100, "start": "2026-01-01T00:00:00Z" }),
        json!({ "srcaddr": "10.0.0.2", "dstport": 22, "action": "REJECT", "bytes": 40, "start": "2026-01-01T00:10:00Z" }),
        json!({ "srcaddr": "10.0.1.3", "dstport": 443, "action": "ACCEPT", "bytes": 2500, "start": "2026-01-01T02:00:00Z" }),
        json!({ "srcaddr": "192.168.0.9", "dstport": 53, "action": "ACCEPT", "bytes": 60, "start": "2026-01-02T00:00:00Z" }),
        json!({ "srcaddr": "10.0.0.1", "dstport": 22, "action": "REJECT", "start": "2026-01-03T00:00:00Z" }),
    ]
}

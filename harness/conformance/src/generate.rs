//! Random documents and queries, the same for the same seed, compared between two arms.

use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use tributary_vocabulary::Seed;

use crate::answer::{Answer, Request};
use crate::arm::Arm;
use crate::compare::{Comparison, Mode};
use crate::normal;

// No empty text: of that, OpenSearch's own totals and hits disagree (case mapping/exists-empty).
const WORDS: [&str; 12] = [
    "ACCEPT",
    "REJECT",
    "accept",
    "eni-0abc",
    "10.0.0.1",
    "tcp flow",
    "Root login",
    "a_b",
    "x-y z",
    "é",
    "true",
    "42",
];
const FIELDS: [&str; 8] = ["word", "count", "ratio", "flag", "at", "ip.src", "ip.port", "tags"];

/// One set of documents and the requests about them.
#[derive(Debug)]
pub struct Round {
    seed: u64,
    bulk: String,
    searches: Vec<(String, Value)>,
}

/// What came of a round.
#[derive(Debug, Default)]
pub struct Compared {
    /// How many answers were compared.
    pub compared: usize,
    /// Where they differ.
    pub faults: Vec<String>,
}

impl Round {
    /// The round of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut random = Seed::new(seed).child("conformance").stream();
        let mut bulk = String::new();
        for id in 0..40 {
            bulk.push_str(&format!("{}\n", json!({ "index": { "_id": format!("d{id:02}") } })));
            bulk.push_str(&format!("{}\n", document(&mut random)));
        }
        let mut searches = Vec::new();
        for _ in 0..25 {
            searches.push(("_search".to_owned(), search(&mut random)));
            let query = json!({ "query": query(&mut random, 2) });
            searches.push(("_count".to_owned(), query));
        }
        Self { seed, bulk, searches }
    }

    /// Sends the round to both arms and compares what they answer.
    ///
    /// # Errors
    /// When a server does not answer.
    pub fn compare(&self, ours: &mut dyn Arm, theirs: &mut dyn Arm) -> Result<Compared, String> {
        ours.begin()?;
        theirs.begin()?;
        let mut outcome = Compared::default();
        let settings = json!({ "settings": { "number_of_shards": 1, "number_of_replicas": 0 } });
        let mut requests = vec![
            post("PUT", "/conf-random", settings.to_string()),
            post("POST", "/conf-random/_bulk?refresh=true", self.bulk.clone()),
            post("GET", "/conf-random/_mapping", String::new()),
        ];
        for (what, body) in &self.searches {
            requests.push(post("POST", &format!("/conf-random/{what}"), body.to_string()));
        }
        for request in requests {
            let mine = normal::opensearch(ours.call(&request)?);
            let real = normal::opensearch(theirs.call(&request)?);
            outcome.compared += 1;
            self.judge(&request, &mine, &real, &mut outcome);
        }
        Ok(outcome)
    }

    fn judge(&self, request: &Request, mine: &Answer, real: &Answer, outcome: &mut Compared) {
        let mut comparison = Comparison::new(Mode::Exact);
        comparison.compare("status", &real.status.into(), Some(&mine.status.into()));
        comparison.compare("", &real.body, Some(&mine.body));
        let Some(first) = comparison.differences.first() else { return };
        let shown: String = request.body.chars().take(600).collect();
        outcome.faults.push(format!(
            "seed {}: {} {}\n  {}\n  {} differ, first {}: OpenSearch {:?}, embedded {:?}",
            self.seed,
            request.method,
            request.target,
            shown,
            comparison.differences.len(),
            first.path,
            first.expected.as_ref().map(Value::to_string),
            first.got.as_ref().map(Value::to_string),
        ));
    }
}

fn post(method: &str, target: &str, body: String) -> Request {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    let headers = if body.is_empty() { Vec::new() } else { headers };
    Request { method: method.into(), target: target.into(), host: String::new(), headers, body }
}

fn pick<'a>(random: &mut ChaCha8Rng, from: &[&'a str]) -> &'a str {
    from[random.random_range(0..from.len())]
}

fn chance(random: &mut ChaCha8Rng, of_ten: u32) -> bool {
    random.next_u32() % 10 < of_ten
}

fn moment(random: &mut ChaCha8Rng) -> String {
    let day = random.random_range(1..28);
    match random.random_range(0..3) {
        0 => format!("2026-01-{day:02}"),
        1 => format!("2026-01-{day:02}T{:02}:30:00Z", random.random_range(0..24)),
        _ => format!("2026-01-{day:02}T08:15:{:02}.125Z", random.random_range(0..60)),
    }
}

fn document(random: &mut ChaCha8Rng) -> Value {
    let mut members = serde_json::Map::new();
    for field in FIELDS {
        if !chance(random, 8) {
            continue;
        }
        let value = match field {
            "word" => json!(pick(random, &WORDS)),
            "count" => json!(random.random_range(-5..60_i64)),
            "ratio" => json!(f64::from(random.random_range(-20..80_i32)) / 4.0 + 0.125),
            "flag" => json!(chance(random, 5)),
            "at" => json!(moment(random)),
            "ip.src" => json!(format!("10.0.0.{}", random.random_range(1..9))),
            "ip.port" => json!(random.random_range(1..5_i64) * 100),
            _ => {
                let count = random.random_range(0..4);
                (0..count).map(|_| json!(pick(random, &WORDS[..9]))).collect()
            }
        };
        members.insert(field.to_owned(), value);
    }
    // Now and then a value that does not fit the mapping by then, or another form of one that does.
    if chance(random, 1) {
        members.insert("count".to_owned(), json!(pick(random, &["many", "7", "7.9", ""])));
    }
    if chance(random, 1) {
        members.insert("flag".to_owned(), json!(pick(random, &["true", "yes", ""])));
    }
    Value::Object(members)
}

fn number(random: &mut ChaCha8Rng) -> i64 {
    random.random_range(-6..61)
}

/// A query, with `depth` levels of bool at the most.
fn query(random: &mut ChaCha8Rng, depth: u32) -> Value {
    let word = pick(random, &WORDS);
    let name = pick(random, &["word", "tags"]);
    let keyword = format!("{name}.keyword");
    match random.random_range(0..if depth > 0 { 15 } else { 12 }) {
        0 => json!({ "match_all": {} }),
        1 => json!({ "term": { keyword: word } }),
        2 => json!({ "terms": { keyword: [word, pick(random, &WORDS)] } }),
        3 => json!({ "match": { name: word } }),
        4 => json!({ "range": { "count": { "gte": number(random), "lt": number(random) + 20 } } }),
        5 => json!({ "range": { "at": { "gte": moment(random), "lte": "2026-01-28" } } }),
        6 => {
            json!({ "exists": { "field": pick(random, &["word", "count", "at", "ip", "tags", "no"]) } })
        }
        7 => json!({ "prefix": { keyword: word.chars().take(2).collect::<String>() } }),
        8 => {
            json!({ "wildcard": { keyword: { "value": pick(random, &["*c*", "?-?*", "A*T", "10.*"]) } } })
        }
        9 => json!({ "term": { "flag": chance(random, 5) } }),
        10 => json!({ "query_string": { "query": query_string(random) } }),
        11 => json!({ "ids": { "values": ["d00", "d07", "nope"] } }),
        _ => {
            let mut clauses = serde_json::Map::new();
            for clause in ["must", "filter", "should", "must_not"] {
                if chance(random, 4) {
                    let count = random.random_range(1..3);
                    let inner = (0..count).map(|_| query(random, depth - 1)).collect();
                    clauses.insert(clause.to_owned(), Value::Array(inner));
                }
            }
            if clauses.contains_key("should") && chance(random, 3) {
                clauses.insert("minimum_should_match".to_owned(), json!(1));
            }
            json!({ "bool": clauses })
        }
    }
}

fn query_string(random: &mut ChaCha8Rng) -> String {
    let atom = |random: &mut ChaCha8Rng| match random.random_range(0..6) {
        0 => format!("word:{}", pick(random, &["ACCEPT", "flow", "login", "a_b"])),
        1 => format!("count:[{} TO {}]", number(random), number(random)),
        2 => format!("count:>{}", number(random)),
        3 => "_exists_:at".to_owned(),
        4 => "word:(tcp OR root)".to_owned(),
        _ => "tags.keyword:A*".to_owned(),
    };
    let (a, b) = (atom(random), atom(random));
    match random.random_range(0..4) {
        0 => a,
        1 => format!("{a} AND {b}"),
        2 => format!("{a} OR {b}"),
        _ => format!("{a} AND NOT {b}"),
    }
}

fn search(random: &mut ChaCha8Rng) -> Value {
    let order = pick(random, &["asc", "desc"]);
    let field = pick(random, &["count", "at", "ratio", "word.keyword", "flag", "ip.port"]);
    let mut body = json!({
        "query": query(random, 2),
        "size": random.random_range(0..8),
        "sort": [{ field: { "order": order } }, { "_id": "asc" }],
    });
    if chance(random, 3) {
        body["from"] = json!(random.random_range(0..5));
    }
    if chance(random, 6) {
        body["aggs"] = json!({ "a": aggregation(random, true) });
    }
    body
}

fn aggregation(random: &mut ChaCha8Rng, deep: bool) -> Value {
    let numeric = pick(random, &["count", "ip.port"]);
    let mut one = match random.random_range(0..if deep { 10 } else { 5 }) {
        0 => return json!({ "stats": { "field": numeric } }),
        1 => return json!({ "cardinality": { "field": pick(random, &["word.keyword", "count"]) } }),
        2 => return json!({ "value_count": { "field": numeric } }),
        3 => return json!({ "sum": { "field": numeric } }),
        4 => return json!({ "max": { "field": pick(random, &["count", "at"]) } }),
        5 | 6 => {
            json!({ "terms": { "field": pick(random, &["word.keyword", "tags.keyword", "count", "flag"]), "size": random.random_range(1..9) } })
        }
        7 => {
            json!({ "date_histogram": { "field": "at", "calendar_interval": pick(random, &["day", "week", "month"]) } })
        }
        8 => {
            json!({ "range": { "field": "count", "ranges": [{ "to": 10 }, { "from": 10, "to": 30 }, { "from": 30 }] } })
        }
        _ => json!({ "histogram": { "field": "count", "interval": 10 } }),
    };
    if chance(random, 4) {
        one["aggs"] = json!({ "b": aggregation(random, false) });
    }
    one
}

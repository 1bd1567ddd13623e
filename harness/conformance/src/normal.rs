//! What differs between any two answers of OpenSearch, made the same.
//!
//! Times, generated ids, and scores: this subset does not rank by relevance, so a score is only
//! there or `null`, and cases that look at an order sort.

use regex::Regex;
use serde_json::{Map, Value};

use crate::answer::Answer;

/// The answer with what cannot be the same replaced.
#[must_use]
pub fn opensearch(mut answer: Answer) -> Answer {
    answer.headers.retain(|(name, _)| name == "content-type");
    answer.body = value("", answer.body);
    answer
}

fn value(name: &str, found: Value) -> Value {
    match found {
        Value::Object(members) => Value::Object(object(members)),
        Value::Array(values) => values.into_iter().map(|item| value(name, item)).collect(),
        Value::Number(_) if matches!(name, "took" | "creation_date") => Value::from(0),
        Value::Number(_) if matches!(name, "_score" | "max_score") => Value::from("<score>"),
        Value::String(text) => string(name, text),
        other => other,
    }
}

fn object(members: Map<String, Value>) -> Map<String, Value> {
    // Places in the request's text, and that a search which wants no hits stopped early, are about
    // how the server reads and works, not about what it found.
    members
        .into_iter()
        .filter(|(name, _)| !matches!(name.as_str(), "line" | "col" | "terminated_early"))
        .map(|(name, found)| {
            let found = value(&name, found);
            (name, found)
        })
        .collect()
}

fn string(name: &str, text: String) -> Value {
    // Flat settings are named with their whole path.
    let name = name.rsplit('.').next().unwrap_or(name);
    let replaced = match name {
        "uuid" | "index_uuid" if text.len() == 22 => "<uuid>".to_owned(),
        "creation_date" => "0".to_owned(),
        "created" if text.len() > 6 => "<version>".to_owned(),
        "node" | "node_id" => "<node>".to_owned(),
        "_id" if text.len() == 20 && !text.contains([' ', '.']) => "<generated>".to_owned(),
        "reason" => reason(&text),
        "error" => allowed_in_order(&text),
        _ => text,
    };
    Value::String(replaced)
}

/// The methods that a path allows, by their names: a server tells them in the order of a hash set,
/// which is another one in every process.
fn allowed_in_order(text: &str) -> String {
    let Some((start, list)) = text.split_once(", allowed: [") else { return text.to_owned() };
    let Some(list) = list.strip_suffix(']') else { return text.to_owned() };
    let mut methods: Vec<&str> = list.split(", ").collect();
    methods.sort_unstable();
    format!("{start}, allowed: [{}]", methods.join(", "))
}

/// A sentence without what a JVM adds: ids of indices, classes, places in its buffers.
fn reason(text: &str) -> String {
    let replacements = [
        (r"^\[\d+:\d+\] ", ""),
        (r" at \d+:\d+$", " at <place>"),
        (r" at line \d+ column \d+$", ""),
        (r"/[A-Za-z0-9_-]{22}\]", "/<uuid>]"),
        (r"(?s)\n? at \[Source: .*$", ""),
        (r"(?s)\n? ?at \[?Source: .*$", ""),
        (r"with id '[A-Za-z0-9_-]{20}'", "with id '<generated>'"),
    ];
    replacements.iter().fold(text.to_owned(), |text, (pattern, with)| {
        Regex::new(pattern).map_or(text.clone(), |p| p.replace_all(&text, *with).into_owned())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn allowed_methods_have_one_order() {
        let told = |list: &str| format!("Incorrect HTTP method for uri [/a], allowed: [{list}]");
        assert_eq!(allowed_in_order(&told("GET, PUT, DELETE")), told("DELETE, GET, PUT"));
        assert_eq!(allowed_in_order("no such index [a]"), "no such index [a]");
    }

    #[test]
    fn ids_and_times_are_made_the_same() {
        let body = json!({
            "took": 12,
            "error": { "reason": "index [a/kpmLoHtqTQuhFVYCeSb2iA] already exists", "index_uuid": "kpmLoHtqTQuhFVYCeSb2iA" },
            "hits": { "max_score": 1.2, "hits": [{ "_score": null }] },
        });
        let answer = opensearch(Answer { status: 200, headers: Vec::new(), body });
        assert_eq!(
            answer.body,
            json!({
                "took": 0,
                "error": { "reason": "index [a/<uuid>] already exists", "index_uuid": "<uuid>" },
                "hits": { "max_score": "<score>", "hits": [{ "_score": null }] },
            })
        );
    }
}

//! `filter_path`: the parts of an answer that a client wants (OpenSearch reference, §1).

use serde_json::{Map, Value};

use super::http::{HttpResponse, JSON};
use super::wildcard;

/// Leaves in a JSON answer what the list of paths says: `a.b`, `*`, `**`, and `-a.b` for what is
/// to go.
pub(super) fn apply(paths: &str, response: &mut HttpResponse) {
    if response.content_type != JSON {
        return;
    }
    let split = |path: &str| path.split('.').map(str::to_owned).collect::<Vec<_>>();
    let paths: Vec<&str> = paths.split(',').map(str::trim).collect();
    let wanted: Vec<_> = paths.iter().filter(|p| !p.starts_with('-')).map(|p| split(p)).collect();
    let unwanted: Vec<_> =
        paths.iter().filter_map(|path| path.strip_prefix('-')).map(split).collect();
    let mut value = response.value();
    if !wanted.is_empty() {
        let wanted: Vec<&[String]> = wanted.iter().map(Vec::as_slice).collect();
        value = kept(&value, &wanted).unwrap_or_else(|| Value::Object(Map::new()));
    }
    if !unwanted.is_empty() {
        let unwanted: Vec<&[String]> = unwanted.iter().map(Vec::as_slice).collect();
        value = without(&value, &unwanted).unwrap_or_else(|| Value::Object(Map::new()));
    }
    // Serialising JSON to memory cannot fail.
    response.body = serde_json::to_vec(&value).unwrap_or_default().into();
}

/// What is left of paths behind a member's name; `None` when one of them ends there.
fn behind<'p>(paths: &[&'p [String]], name: &str) -> Option<Vec<&'p [String]>> {
    let mut rest = Vec::new();
    for path in paths {
        let (first, tail) = path.split_first()?;
        if first == "**" {
            rest.push(*path);
            if tail.first().is_some_and(|next| wildcard::simple(next, name)) {
                rest.push(&tail[1..]);
            }
        } else if wildcard::simple(first, name) {
            rest.push(tail);
        }
    }
    if rest.iter().any(|path| path.is_empty()) { None } else { Some(rest) }
}

fn kept(value: &Value, paths: &[&[String]]) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let mut out = Map::new();
            for (name, value) in members {
                let part = match behind(paths, name) {
                    None => Some(value.clone()),
                    Some(rest) if rest.is_empty() => None,
                    Some(rest) => kept(value, &rest),
                };
                if let Some(part) = part {
                    out.insert(name.clone(), part);
                }
            }
            (!out.is_empty()).then_some(Value::Object(out))
        }
        Value::Array(items) => {
            let out: Vec<Value> = items.iter().filter_map(|item| kept(item, paths)).collect();
            (!out.is_empty()).then_some(Value::Array(out))
        }
        _ => None,
    }
}

fn without(value: &Value, paths: &[&[String]]) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let mut out = Map::new();
            for (name, value) in members {
                let part = match behind(paths, name) {
                    None => None,
                    Some(rest) if rest.is_empty() => Some(value.clone()),
                    Some(rest) => without(value, &rest),
                };
                if let Some(part) = part {
                    out.insert(name.clone(), part);
                }
            }
            (members.is_empty() || !out.is_empty()).then_some(Value::Object(out))
        }
        Value::Array(items) => {
            let out: Vec<Value> = items.iter().filter_map(|item| without(item, paths)).collect();
            (items.is_empty() || !out.is_empty()).then_some(Value::Array(out))
        }
        other => Some(other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn filtered(paths: &str) -> Value {
        let answer =
            json!({ "took": 1, "hits": { "total": 2, "hits": [{ "_id": "a", "_score": 1 }] } });
        let mut response = HttpResponse::ok(&answer);
        apply(paths, &mut response);
        response.value()
    }

    #[test]
    fn keeps_and_drops_paths() {
        assert_eq!(filtered("hits.total"), json!({ "hits": { "total": 2 } }));
        assert_eq!(
            filtered("hits.hits._id,took"),
            json!({ "took": 1, "hits": { "hits": [{ "_id": "a" }] } })
        );
        assert_eq!(filtered("**._score"), json!({ "hits": { "hits": [{ "_score": 1 }] } }));
        assert_eq!(filtered("-hits"), json!({ "took": 1 }));
        assert_eq!(filtered("hits,-hits.hits"), json!({ "hits": { "total": 2 } }));
        assert_eq!(filtered("nothing"), json!({}));
    }
}

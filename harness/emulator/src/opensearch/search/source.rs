//! Which part of a source an answer shows.

use serde_json::{Map, Value};

use crate::opensearch::error::Failure;
use crate::opensearch::wildcard::simple;

/// `_source`: all, nothing, or what patterns include and exclude.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in super::super) enum SourceFilter {
    /// The whole source.
    #[default]
    All,
    /// None of it.
    Nothing,
    /// What fits an include, if there are any, and no exclude.
    Paths { includes: Vec<String>, excludes: Vec<String> },
}

impl SourceFilter {
    /// Reads `_source`.
    ///
    /// # Errors
    /// `parsing_exception`.
    pub(in super::super) fn parse(value: &Value) -> Result<Self, Failure> {
        let list = |value: &Value| match value {
            Value::String(one) => vec![one.clone()],
            Value::Array(many) => {
                many.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        Ok(match value {
            Value::Null | Value::Bool(true) => Self::All,
            Value::Bool(false) => Self::Nothing,
            Value::String(_) | Value::Array(_) => {
                Self::Paths { includes: list(value), excludes: Vec::new() }
            }
            Value::Object(members) => {
                let mut paths = (Vec::new(), Vec::new());
                for (key, value) in members {
                    match key.as_str() {
                        "includes" | "include" => paths.0 = list(value),
                        "excludes" | "exclude" => paths.1 = list(value),
                        other => {
                            return Err(Failure::parsing(format!(
                                "Unknown key for a START_OBJECT in [{other}]."
                            )));
                        }
                    }
                }
                Self::Paths { includes: paths.0, excludes: paths.1 }
            }
            Value::Number(_) => {
                return Err(Failure::parsing(
                    "Expected one of [VALUE_BOOLEAN, START_OBJECT] but found [VALUE_NUMBER]",
                ));
            }
        })
    }

    /// The part of a source that is shown; `None` for none of it.
    pub(in super::super) fn apply(&self, source: Value) -> Option<Value> {
        match self {
            Self::All => Some(source),
            Self::Nothing => None,
            Self::Paths { includes, excludes } => {
                Some(filtered(&source, "", includes, excludes).unwrap_or_else(|| Map::new().into()))
            }
        }
    }
}

fn filtered(value: &Value, path: &str, includes: &[String], excludes: &[String]) -> Option<Value> {
    let within = |pattern: &String| {
        simple(pattern, path) || path.match_indices('.').any(|(at, _)| simple(pattern, &path[..at]))
    };
    if !path.is_empty() && excludes.iter().any(within) {
        return None;
    }
    match value {
        Value::Object(members) => {
            let kept: Map<String, Value> = members
                .iter()
                .filter_map(|(name, value)| {
                    let path =
                        if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    Some((name.clone(), filtered(value, &path, includes, excludes)?))
                })
                .collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let kept: Vec<Value> =
                items.iter().filter_map(|item| filtered(item, path, includes, excludes)).collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        other => (includes.is_empty() || includes.iter().any(within)).then(|| other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shows_what_is_included_and_not_excluded() {
        let source = || json!({ "a": { "b": 1, "c": 2 }, "d": [{ "e": 3, "f": 4 }], "g": "x" });
        let apply = |filter: Value| SourceFilter::parse(&filter).expect("filter").apply(source());
        assert_eq!(apply(json!(true)), Some(source()));
        assert_eq!(apply(json!(false)), None);
        assert_eq!(apply(json!("a")), Some(json!({ "a": { "b": 1, "c": 2 } })));
        assert_eq!(
            apply(json!(["a.b", "d.e"])),
            Some(json!({ "a": { "b": 1 }, "d": [{ "e": 3 }] }))
        );
        assert_eq!(apply(json!({ "excludes": ["a.*", "d"] })), Some(json!({ "g": "x" })));
        assert_eq!(apply(json!("nothing")), Some(json!({})));
    }
}

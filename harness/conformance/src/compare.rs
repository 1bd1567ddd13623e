//! Where an answer is another than the one expected.

use std::collections::BTreeMap;

use regex::Regex;
use serde_json::{Map, Value};

/// How an expected body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Every member counts, and there are no others.
    Exact,
    /// Members that are not named may be there; strings may be `$any`, `$absent`, `$re:REGEX` or
    /// `$let:NAME`, which keeps the value.
    Pattern,
}

/// One place at which two values differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The place, such as `error.root_cause.0.reason`.
    pub path: String,
    /// What was expected; `None` when nothing was.
    pub expected: Option<Value>,
    /// What was there; `None` when nothing was.
    pub got: Option<Value>,
}

/// A comparison under way.
#[derive(Debug)]
pub struct Comparison {
    mode: Mode,
    /// The places that differ.
    pub differences: Vec<Difference>,
    /// What `$let:` kept.
    pub kept: BTreeMap<String, String>,
}

impl Comparison {
    /// A comparison that has found nothing yet.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        Self { mode, differences: Vec::new(), kept: BTreeMap::new() }
    }

    /// Notes a place that differs.
    pub fn differ(&mut self, path: &str, expected: Option<&Value>, got: Option<&Value>) {
        self.differences.push(Difference {
            path: path.to_owned(),
            expected: expected.cloned(),
            got: got.cloned(),
        });
    }

    /// Compares what is at a place.
    pub fn compare(&mut self, path: &str, expected: &Value, got: Option<&Value>) {
        if self.mode == Mode::Pattern
            && let Value::String(pattern) = expected
            && let Some(fits) = self.matches(pattern, got)
        {
            if !fits {
                self.differ(path, Some(expected), got);
            }
            return;
        }
        match (expected, got) {
            (Value::Object(expected), Some(Value::Object(got))) => {
                self.objects(path, expected, got);
            }
            (Value::Array(expected), Some(Value::Array(got))) => self.arrays(path, expected, got),
            (expected, Some(got)) if same(expected, got) => {}
            (expected, got) => self.differ(path, Some(expected), got),
        }
    }

    fn objects(&mut self, path: &str, expected: &Map<String, Value>, got: &Map<String, Value>) {
        for (name, value) in expected {
            self.compare(&join(path, name), value, got.get(name));
        }
        if self.mode == Mode::Exact {
            for (name, value) in got {
                if !expected.contains_key(name) {
                    self.differ(&join(path, name), None, Some(value));
                }
            }
        }
    }

    fn arrays(&mut self, path: &str, expected: &[Value], got: &[Value]) {
        if expected.len() != got.len() {
            let count = |values: &[Value]| Value::from(values.len());
            let (expected, got) = (count(expected), count(got));
            self.differ(&join(path, "length"), Some(&expected), Some(&got));
        }
        for (place, (expected, got)) in expected.iter().zip(got).enumerate() {
            self.compare(&join(path, &place.to_string()), expected, Some(got));
        }
    }

    /// Whether a value fits a pattern; `None` when the string is no pattern.
    fn matches(&mut self, pattern: &str, got: Option<&Value>) -> Option<bool> {
        let text = || match got {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        if pattern == "$any" {
            return Some(got.is_some());
        }
        if pattern == "$absent" {
            return Some(got.is_none_or(Value::is_null));
        }
        if let Some(regex) = pattern.strip_prefix("$re:") {
            let fits = Regex::new(regex).is_ok_and(|regex| regex.is_match(&text()));
            return Some(got.is_some() && fits);
        }
        let name = pattern.strip_prefix("$let:")?;
        self.kept.insert(name.to_owned(), text());
        Some(got.is_some())
    }
}

/// Equal, where 1 and 1.0 are the same number.
fn same(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        _ => expected == got,
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(mode: Mode, expected: &Value, got: &Value) -> Vec<String> {
        let mut comparison = Comparison::new(mode);
        comparison.compare("", expected, Some(got));
        comparison.differences.into_iter().map(|difference| difference.path).collect()
    }

    #[test]
    fn tells_every_place() {
        let expected = json!({ "a": 1, "b": [1, 2], "c": { "d": "x" } });
        let got = json!({ "a": 1.0, "b": [1], "c": { "d": "y", "e": 1 } });
        assert_eq!(paths(Mode::Exact, &expected, &got), ["b.length", "c.d", "c.e"]);
        assert_eq!(paths(Mode::Pattern, &expected, &got), ["b.length", "c.d"]);
    }

    #[test]
    fn patterns_fit_and_keep() {
        let expected = json!({ "a": "$any", "b": "$absent", "c": "$re:^\\d+$", "d": "$let:it" });
        let mut comparison = Comparison::new(Mode::Pattern);
        comparison.compare("", &expected, Some(&json!({ "a": 0, "c": "12", "d": "kept" })));
        assert_eq!(comparison.differences, []);
        assert_eq!(comparison.kept["it"], "kept");
        assert_eq!(
            paths(Mode::Pattern, &expected, &json!({ "b": 1, "c": "x" })),
            ["a", "b", "c", "d"]
        );
    }
}

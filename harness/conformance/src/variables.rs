//! What `${…}` in a case stands for.

use std::collections::BTreeMap;

use regex::{Captures, Regex};
use serde_json::Value;

/// The values of a run of a case.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    /// The time at the start of the case, in ms.
    pub now_ms: i64,
    /// What was kept from answers, and `run`, which is another in every run.
    pub values: BTreeMap<String, String>,
}

impl Variables {
    /// The text with its variables replaced: `${name}`, `${now}`, `${now-14d}`; one that is not
    /// known stays as it stands.
    #[must_use]
    pub fn fill(&self, text: &str) -> String {
        let Ok(pattern) = Regex::new(r"\$\{(now([+-]\d+)(ms|s|m|h|d)|[a-z0-9_]+)\}") else {
            return text.to_owned();
        };
        let fill = |found: &Captures<'_>| match (found.get(2), found.get(3)) {
            (Some(number), Some(unit)) => {
                let unit = match unit.as_str() {
                    "ms" => 1,
                    "s" => 1_000,
                    "m" => 60_000,
                    "h" => 3_600_000,
                    _ => 86_400_000,
                };
                (self.now_ms + number.as_str().parse().unwrap_or(0) * unit).to_string()
            }
            _ if &found[1] == "now" => self.now_ms.to_string(),
            _ => self.values.get(&found[1]).cloned().unwrap_or_else(|| found[0].to_owned()),
        };
        pattern.replace_all(text, fill).into_owned()
    }

    /// The same values as they stand inside of a JSON string.
    #[must_use]
    pub fn escaped(&self) -> Self {
        let escape = |value: &String| {
            let quoted = Value::String(value.clone()).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        };
        let values = self.values.iter().map(|(name, value)| (name.clone(), escape(value)));
        Self { now_ms: self.now_ms, values: values.collect() }
    }

    /// All strings of a pattern filled.
    #[must_use]
    pub fn fill_value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.fill(text)),
            Value::Array(values) => values.iter().map(|value| self.fill_value(value)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| (self.fill(name), self.fill_value(value)))
                .collect(),
            other => other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_names_and_times() {
        let mut variables = Variables { now_ms: 90_000_000, ..Variables::default() };
        variables.values.insert("run".to_owned(), "x1".to_owned());
        assert_eq!(
            variables.fill("a-${run} ${now-1d} ${now} ${no}"),
            "a-x1 3600000 90000000 ${no}"
        );
    }
}

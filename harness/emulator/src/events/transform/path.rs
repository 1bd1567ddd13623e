//! Paths into an event: `$`, `$.detail.type`, `$.resources[0]`, `$['detail-type']`, `$.items[*].id`.

use std::borrow::Cow;

use serde_json::Value;

/// A path into an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::events) struct Path {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// A member of an object.
    Name(String),
    /// An element of an array.
    Index(usize),
    /// All elements or members.
    All,
}

impl Path {
    /// Reads a path; `None` when it is none.
    pub(in crate::events) fn parse(text: &str) -> Option<Self> {
        let mut rest = text.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                let (name, after) = after.split_at(end);
                if name.is_empty() {
                    return None;
                }
                steps.push(if name == "*" { Step::All } else { Step::Name(name.to_owned()) });
                rest = after;
            } else {
                let (step, after) = bracket(rest.strip_prefix('[')?)?;
                steps.push(step);
                rest = after;
            }
        }
        Some(Self { steps })
    }

    /// What lies there. A path with `*` gives the array of all that it finds.
    pub(in crate::events) fn find<'v>(&self, event: &'v Value) -> Option<Cow<'v, Value>> {
        if !self.steps.contains(&Step::All) {
            return walk(&self.steps, event).map(Cow::Borrowed);
        }
        let mut found = vec![event];
        for step in &self.steps {
            found = found
                .into_iter()
                .flat_map(|value| -> Vec<&Value> {
                    match (step, value) {
                        (Step::All, Value::Array(elements)) => elements.iter().collect(),
                        (Step::All, Value::Object(members)) => members.values().collect(),
                        (Step::All, _) => Vec::new(),
                        (step, value) => one(step, value).into_iter().collect(),
                    }
                })
                .collect();
        }
        Some(Cow::Owned(Value::Array(found.into_iter().cloned().collect())))
    }
}

/// The step behind `[`, and what follows its `]`.
fn bracket(text: &str) -> Option<(Step, &str)> {
    for quote in ['\'', '"'] {
        if let Some(quoted) = text.strip_prefix(quote) {
            let (name, after) = quoted.split_once(quote)?;
            return Some((Step::Name(name.to_owned()), after.strip_prefix(']')?));
        }
    }
    let (inside, after) = text.split_once(']')?;
    let step = match inside {
        "*" => Step::All,
        digits => Step::Index(digits.parse().ok()?),
    };
    Some((step, after))
}

fn one<'v>(step: &Step, value: &'v Value) -> Option<&'v Value> {
    match step {
        Step::Name(name) => value.get(name.as_str()),
        Step::Index(index) => value.as_array().and_then(|elements| elements.get(*index)),
        Step::All => None,
    }
}

fn walk<'v>(steps: &[Step], value: &'v Value) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| one(step, value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_finds_what_lies_there() {
        let event = json!({"detail-type": "T", "detail": {"a": [{"b": 1}, {"b": 2}]}});
        for (path, found) in [
            ("$.detail-type", Some(json!("T"))),
            ("$['detail-type']", Some(json!("T"))),
            ("$.detail.a[1].b", Some(json!(2))),
            ("$.detail.a[*].b", Some(json!([1, 2]))),
            ("$.detail.a[7].b", None),
            ("$.no", None),
        ] {
            let parsed = Path::parse(path).expect(path);
            assert_eq!(parsed.find(&event).map(Cow::into_owned), found, "{path}");
        }
        assert_eq!(Path::parse("$").and_then(|p| p.find(&event).map(Cow::into_owned)), Some(event));
        for path in ["", "detail", "$detail", "$.", "$..a", "$[x]", "$['a'", "$.a["] {
            assert_eq!(Path::parse(path), None, "{path}");
        }
    }
}

//! Input transformers: variables from paths, put into a template.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use super::Path;

/// A template cut at its variables.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::events) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// As it stands.
    Text(String),
    /// What lies at a path, and whether it stands between quotes.
    Path(Path, bool),
    /// One of AWS's own variables, and whether it stands between quotes.
    Own(Own, bool),
}

/// AWS's own variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    RuleArn,
    RuleName,
    IngestionTime,
    Event,
    EventJson,
}

impl Own {
    fn named(name: &str) -> Option<Self> {
        match name {
            "aws.events.rule-arn" => Some(Self::RuleArn),
            "aws.events.rule-name" => Some(Self::RuleName),
            "aws.events.event.ingestion-time" => Some(Self::IngestionTime),
            "aws.events.event" => Some(Self::Event),
            "aws.events.event.json" => Some(Self::EventJson),
            _ => None,
        }
    }
}

/// What AWS's own variables stand for.
#[derive(Debug, Clone, Copy)]
pub(in crate::events) struct Facts<'a> {
    /// The ARN of the rule.
    pub(in crate::events) rule_arn: &'a str,
    /// Its name.
    pub(in crate::events) rule_name: &'a str,
    /// When the bus took the event.
    pub(in crate::events) ingested: &'a str,
}

impl Template {
    /// Reads a template; the error names a variable that is not defined.
    ///
    /// A `<` that begins no variable stands for itself.
    pub(in crate::events) fn parse(
        text: &str,
        paths: &BTreeMap<String, Path>,
    ) -> Result<Self, String> {
        let (mut pieces, mut plain, mut quoted) = (Vec::new(), String::new(), false);
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            if let Some(name) = variable(rest) {
                rest = &rest[name.len() + 2..];
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
                pieces.push(match (paths.get(name), Own::named(name)) {
                    (Some(path), _) => Piece::Path(path.clone(), quoted),
                    (None, Some(own)) => Piece::Own(own, quoted),
                    (None, None) => return Err(name.to_owned()),
                });
                continue;
            }
            rest = &rest[character.len_utf8()..];
            plain.push(character);
            if character == '"' {
                quoted = !quoted;
            } else if character == '\\' && quoted {
                let Some(escaped) = rest.chars().next() else { break };
                rest = &rest[escaped.len_utf8()..];
                plain.push(escaped);
            }
        }
        pieces.push(Piece::Text(plain));
        Ok(Self { pieces })
    }

    /// The template with all variables in their places. One that is not found is left out: nothing
    /// between quotes, null elsewhere.
    pub(in crate::events) fn fill(&self, event: &Value, facts: &Facts<'_>) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Path(path, quoted) => put(&mut out, path.find(event).as_deref(), *quoted),
                Piece::Own(own, quoted) => {
                    let value = match own {
                        Own::RuleArn => Value::from(facts.rule_arn),
                        Own::RuleName => Value::from(facts.rule_name),
                        Own::IngestionTime => Value::from(facts.ingested),
                        Own::EventJson => event.clone(),
                        Own::Event => without_detail(event),
                    };
                    put(&mut out, Some(&value), *quoted);
                }
            }
        }
        out
    }
}

fn without_detail(event: &Value) -> Value {
    let mut event = event.clone();
    if let Some(object) = event.as_object_mut() {
        object.shift_remove("detail");
    }
    event
}

/// The name of the variable with which a text begins.
fn variable(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('<')?.split_once('>')?;
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (!name.is_empty() && name.chars().all(word)).then_some(name)
}

/// Puts a value: as JSON, or between quotes as the characters of a JSON text.
fn put(out: &mut String, value: Option<&Value>, quoted: bool) {
    match (value, quoted) {
        (None, true) => {}
        (None, false) => out.push_str("null"),
        (Some(value), false) => {
            let _ = write!(out, "{value}");
        }
        (Some(Value::String(text)), true) => escaped(out, text),
        (Some(value), true) => escaped(out, &value.to_string()),
    }
}

fn escaped(out: &mut String, text: &str) {
    let json = Value::from(text).to_string();
    out.push_str(json.get(1..json.len() - 1).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn variables_are_put_into_their_places() {
        let event = json!({"time": "2026-01-01T00:00:00Z", "id": "x", "detail": {
            "n": 5, "s": "a \"b\"", "list": [1, 2] }});
        let paths: BTreeMap<String, Path> = [
            ("n", "$.detail.n"),
            ("s", "$.detail.s"),
            ("list", "$.detail.list"),
            ("none", "$.detail.none"),
        ]
        .into_iter()
        .map(|(name, path)| (name.to_owned(), Path::parse(path).expect("a path")))
        .collect();
        let facts = Facts { rule_arn: "arn:r", rule_name: "r", ingested: "now" };
        for (template, filled) in [
            (r#"{"a": <n>, "b": <s>}"#, r#"{"a": 5, "b": "a \"b\""}"#),
            (r#"{"a": "n is <n>, s is <s>"}"#, r#"{"a": "n is 5, s is a \"b\""}"#),
            (r#"{"a": <list>, "b": "<list>"}"#, r#"{"a": [1,2], "b": "[1,2]"}"#),
            (r#"{"a": <none>, "b": "<none>"}"#, r#"{"a": null, "b": ""}"#),
            (r#""<aws.events.rule-name> by <aws.events.rule-arn>""#, r#""r by arn:r""#),
            (r#"<aws.events.event>"#, r#"{"time":"2026-01-01T00:00:00Z","id":"x"}"#),
            (r#"{"m": "1 < 2 \"<n>\""}"#, r#"{"m": "1 < 2 \"5\""}"#),
        ] {
            let parsed = Template::parse(template, &paths).expect(template);
            assert_eq!(parsed.fill(&event, &facts), filled, "{template}");
        }
        assert_eq!(Template::parse("<other>", &paths), Err("other".to_owned()));
        let whole = Template::parse("<aws.events.event.json>", &paths).expect("a template");
        assert_eq!(whole.fill(&event, &facts), event.to_string());
    }
}

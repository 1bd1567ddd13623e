//! Dynamic templates: rules that override the types which documents bring.

use serde_json::{Map, Value};

use crate::opensearch::error::Failure;
use crate::opensearch::wildcard;

use super::tree::Mapping;

/// One rule of `dynamic_templates`.
#[derive(Debug, Clone)]
pub struct DynamicTemplate {
    name: String,
    body: Map<String, Value>,
    regex: bool,
}

const KEYS: [&str; 8] = [
    "match",
    "unmatch",
    "path_match",
    "path_unmatch",
    "match_mapping_type",
    "match_pattern",
    "mapping",
    "order",
];

impl DynamicTemplate {
    /// Reads `dynamic_templates`: a list of objects of one member each.
    ///
    /// # Errors
    /// `mapper_parsing_exception` for what is not such a list.
    pub(super) fn parse_all(value: &Value) -> Result<Vec<Self>, Failure> {
        let malformed =
            || Failure::mapper_parsing("A dynamic template must be defined with a name");
        let list = value.as_array().ok_or_else(malformed)?;
        list.iter()
            .map(|entry| {
                let entry =
                    entry.as_object().filter(|entry| entry.len() == 1).ok_or_else(malformed)?;
                let (name, body) = entry.iter().next().ok_or_else(malformed)?;
                Self::parse(name, body.as_object().ok_or_else(malformed)?)
            })
            .collect()
    }

    fn parse(name: &str, body: &Map<String, Value>) -> Result<Self, Failure> {
        if let Some(key) = body.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(Failure::illegal_argument(format!(
                "Illegal dynamic template parameter: [{key}]"
            )));
        }
        if !KEYS[..5].iter().any(|key| body.contains_key(*key)) {
            return Err(Failure::mapper_parsing(
                "template must have match, path_match or match_mapping_type set",
            ));
        }
        if !body.get("mapping").is_some_and(Value::is_object) {
            return Err(Failure::mapper_parsing("template must have mapping set"));
        }
        let regex = match body.get("match_pattern").and_then(Value::as_str) {
            None | Some("simple") => false,
            Some("regex") => true,
            Some(other) => {
                return Err(Failure::illegal_argument(format!(
                    "No matching pattern matched on [{other}]"
                )));
            }
        };
        Ok(Self { name: name.to_owned(), body: body.clone(), regex })
    }

    /// The rule as it was given.
    pub(super) fn render(&self) -> Value {
        Value::Object(Map::from_iter([(self.name.clone(), Value::Object(self.body.clone()))]))
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.body.get(key).and_then(Value::as_str)
    }

    fn fits(&self, pattern: &str, text: &str) -> bool {
        if self.regex {
            regex::Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|regex| regex.is_match(text))
        } else {
            wildcard::simple(pattern, text)
        }
    }

    fn matches(&self, path: &str, mapping_type: &str) -> bool {
        let name = path.rsplit('.').next().unwrap_or(path);
        let yes = |key: &str, text: &str| self.text(key).is_none_or(|p| self.fits(p, text));
        let no = |key: &str, text: &str| self.text(key).is_some_and(|p| self.fits(p, text));
        yes("match", name)
            && !no("unmatch", name)
            && yes("path_match", path)
            && !no("path_unmatch", path)
            && self.text("match_mapping_type").is_none_or(|of| of == "*" || of == mapping_type)
    }

    /// The mapping that this rule gives, `{name}` and `{dynamic_type}` filled in.
    pub(super) fn mapping_for(&self, path: &str, dynamic_type: &str) -> Value {
        let name = path.rsplit('.').next().unwrap_or(path);
        let mut body = self.body.get("mapping").cloned().unwrap_or_default();
        fill(&mut body, name, dynamic_type);
        if let Value::Object(body) = &mut body
            && !body.contains_key("type")
        {
            body.insert("type".to_owned(), dynamic_type.into());
        }
        body
    }

    /// The type that this rule gives.
    pub(super) fn type_for(&self, path: &str, dynamic_type: &str) -> String {
        let body = self.mapping_for(path, dynamic_type);
        body.get("type").and_then(Value::as_str).unwrap_or(dynamic_type).to_owned()
    }
}

fn fill(value: &mut Value, name: &str, dynamic_type: &str) {
    match value {
        Value::String(text) => {
            *text = text
                .replace("{name}", name)
                .replace("{dynamic_type}", dynamic_type)
                .replace("{dynamicType}", dynamic_type);
        }
        Value::Object(members) => {
            members.values_mut().for_each(|member| fill(member, name, dynamic_type));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, name, dynamic_type)),
        _ => {}
    }
}

/// The first rule that fits.
pub(super) fn find(mapping: &Mapping, path: &str, mapping_type: &str) -> Option<DynamicTemplate> {
    mapping.dynamic_templates.iter().find(|rule| rule.matches(path, mapping_type)).cloned()
}

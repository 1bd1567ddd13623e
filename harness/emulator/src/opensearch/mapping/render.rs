//! The mapping as `GET _mapping` shows it.

use serde_json::{Map, Value, json};

use super::tree::{Mapping, Node, NodeId};

/// The mapping's JSON; `{}` when there is nothing in it. Members are in alphabetical order.
#[must_use]
pub fn render(mapping: &Mapping) -> Value {
    let mut out = Map::new();
    if let Some(meta) = &mapping.meta {
        out.insert("_meta".to_owned(), meta.clone());
    }
    let root = mapping.object(Mapping::ROOT);
    if let Some(dynamic) = root.and_then(|root| root.dynamic) {
        out.insert("dynamic".to_owned(), json!(dynamic.text()));
    }
    if root.is_some_and(|root| !root.enabled) {
        out.insert("enabled".to_owned(), json!(false));
    }
    if mapping.dynamic_date_formats_given {
        let formats: Vec<&str> = mapping.dynamic_date_formats.iter().map(|f| f.text()).collect();
        out.insert("dynamic_date_formats".to_owned(), json!(formats));
    }
    if !mapping.dynamic_templates.is_empty() {
        let rules = mapping.dynamic_templates.iter().map(|rule| rule.render()).collect();
        out.insert("dynamic_templates".to_owned(), Value::Array(rules));
    }
    if !mapping.date_detection {
        out.insert("date_detection".to_owned(), json!(false));
    }
    if mapping.numeric_detection {
        out.insert("numeric_detection".to_owned(), json!(true));
    }
    if root.is_some_and(|root| !root.children.is_empty()) {
        out.insert("properties".to_owned(), properties(mapping, Mapping::ROOT));
    }
    Value::Object(out)
}

fn properties(mapping: &Mapping, at: NodeId) -> Value {
    let Some(object) = mapping.object(at) else { return Value::Null };
    let members = object.children.iter().map(|(name, id)| (name.to_string(), node(mapping, *id)));
    Value::Object(members.collect())
}

fn node(mapping: &Mapping, id: NodeId) -> Value {
    let mut out = Map::new();
    match mapping.node(id) {
        Node::Object(object) => {
            if object.nested {
                out.insert("type".to_owned(), json!("nested"));
            }
            if let Some(dynamic) = object.dynamic {
                out.insert("dynamic".to_owned(), json!(dynamic.text()));
            }
            if !object.enabled {
                out.insert("type".to_owned(), json!("object"));
                out.insert("enabled".to_owned(), json!(false));
            }
            if !object.children.is_empty() {
                out.insert("properties".to_owned(), properties(mapping, id));
            } else if out.is_empty() {
                out.insert("type".to_owned(), json!("object"));
            }
        }
        Node::Field(field) => {
            out.insert("type".to_owned(), json!(field.type_name));
            out.extend(field.params.clone());
            if !field.multi.is_empty() {
                let fields =
                    field.multi.iter().map(|(name, id)| (name.to_string(), node(mapping, *id)));
                out.insert("fields".to_owned(), Value::Object(fields.collect()));
            }
        }
    }
    Value::Object(out)
}

//! The type that a value brings when the mapping does not know its field (OpenSearch reference,
//! "Dynamic mapping").

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::opensearch::error::Failure;
use crate::opensearch::json::Scalar;

use super::field::{Analyzer, Field, FieldType};
use super::scalar::java_double;
use super::template;
use super::tree::{Dynamic, Mapping, Node, NodeId};

/// Longest string, in characters, that a dynamic `keyword` sub-field keeps.
const IGNORE_ABOVE: usize = 256;

/// The `match_mapping_type` of a value, and the type that the default rules give it.
fn detect(mapping: &Mapping, scalar: &Scalar<'_>) -> (&'static str, FieldType, &'static str) {
    let text = || ("string", FieldType::Text { analyzer: Analyzer::Standard }, "text");
    match scalar {
        Scalar::Bool(_) => ("boolean", FieldType::Boolean, "boolean"),
        Scalar::Number(_, true) => ("long", FieldType::LONG, "long"),
        Scalar::Number(_, false) => ("double", FieldType::FLOAT, "float"),
        Scalar::Null => text(),
        Scalar::String(string) => {
            let long = string.parse::<i64>().is_ok();
            let double = java_double(string).is_some();
            if long && mapping.numeric_detection {
                return ("long", FieldType::LONG, "long");
            }
            if double && mapping.numeric_detection {
                return ("double", FieldType::FLOAT, "float");
            }
            if !long && !double && mapping.date_detection {
                let format = mapping
                    .dynamic_date_formats
                    .iter()
                    .find(|format| format.parse(string, false, 0).is_some());
                if let Some(format) = format {
                    return ("date", FieldType::Date { format: Arc::clone(format) }, "date");
                }
            }
            text()
        }
    }
}

/// The name of the type that this value would bring to a new field of this name.
pub(super) fn type_name(mapping: &Mapping, path: &str, scalar: &Scalar<'_>) -> String {
    let (matched, _, type_name) = detect(mapping, scalar);
    match template::find(mapping, path, matched) {
        Some(template) => template.type_for(path, type_name),
        None => type_name.to_owned(),
    }
}

/// Adds the field that this value brings.
///
/// # Errors
/// When a dynamic template gives a mapping that is none.
pub(super) fn add_field(
    mapping: &mut Mapping,
    parent: NodeId,
    name: &str,
    scalar: &Scalar<'_>,
    slot: u32,
) -> Result<NodeId, Failure> {
    let path = mapping.path_of(parent, name);
    let (matched, kind, type_name) = detect(mapping, scalar);
    if let Some(template) = template::find(mapping, &path, matched) {
        let body = template.mapping_for(&path, type_name);
        return super::parse::add_property(mapping, parent, name, &body, slot);
    }
    let mut field = Field::plain(&path, type_name, kind, slot);
    field.nested = mapping.object(parent).is_some_and(|object| object.within_nested);
    if let FieldType::Date { format } = &field.kind
        && format.text() != crate::opensearch::dates::DateFormat::DEFAULT
    {
        field.params.insert("format".to_owned(), json!(format.text()));
    }
    let text = matches!(field.kind, FieldType::Text { .. });
    let nested = field.nested;
    let id = mapping.add(parent, name, Node::Field(field));
    if text {
        let kind = FieldType::Keyword { ignore_above: Some(IGNORE_ABOVE), lowercase: false };
        let mut keyword = Field::plain(&format!("{path}.keyword"), "keyword", kind, slot);
        keyword.params = Map::from_iter([("ignore_above".to_owned(), Value::from(IGNORE_ABOVE))]);
        keyword.nested = nested;
        mapping.add(id, "keyword", Node::Field(keyword));
    }
    Ok(id)
}

/// Adds the object that a JSON object brings.
///
/// # Errors
/// When a dynamic template gives a mapping that is none.
pub(super) fn add_object(
    mapping: &mut Mapping,
    parent: NodeId,
    name: &str,
    slot: u32,
) -> Result<NodeId, Failure> {
    let path = mapping.path_of(parent, name);
    match template::find(mapping, &path, "object") {
        Some(template) => {
            let body = template.mapping_for(&path, "object");
            super::parse::add_property(mapping, parent, name, &body, slot)
        }
        None => Ok(mapping.add_object(parent, name)),
    }
}

/// The error for a field that `dynamic: strict` does not let in.
pub(super) fn strict(parent: &str, name: &str) -> Failure {
    let parent = if parent.is_empty() { "_doc" } else { parent };
    Failure::new(
        400,
        "strict_dynamic_mapping_exception",
        format!(
            "mapping set to {}, dynamic introduction of [{name}] within [{parent}] is not allowed",
            Dynamic::Strict.text()
        ),
    )
}

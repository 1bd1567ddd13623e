//! Explicit mappings: read, and merged into what is there.

use serde_json::{Map, Value};
use std::sync::Arc;

use crate::opensearch::dates::DateFormat;
use crate::opensearch::error::Failure;

use super::field::{Analyzer, Field, FieldType};
use super::template::DynamicTemplate;
use super::tree::{Dynamic, Mapping, Node, NodeId};

/// The mapping of this body, `{"properties": ...}`.
///
/// # Errors
/// `mapper_parsing_exception` and `illegal_argument_exception` as OpenSearch gives them.
pub fn parse(body: &Value) -> Result<Mapping, Failure> {
    let mut mapping = Mapping::default();
    merge(&mut mapping, body, 0)?;
    Ok(mapping)
}

/// Merges this body into the mapping; documents from `slot` on can hold the new fields.
///
/// # Errors
/// As [`parse`]; the mapping is then half changed and must be thrown away.
pub fn merge(mapping: &mut Mapping, body: &Value, slot: u32) -> Result<(), Failure> {
    let body = body.as_object().ok_or_else(|| {
        Failure::mapper_parsing("Expected map for mapping definition but got a simple value")
    })?;
    for (key, value) in body {
        match key.as_str() {
            "properties" => properties(mapping, Mapping::ROOT, value, slot)?,
            "dynamic" => set_dynamic(mapping, Mapping::ROOT, value)?,
            "enabled" => set_enabled(mapping, Mapping::ROOT, value)?,
            "date_detection" => mapping.date_detection = flag(key, value)?,
            "numeric_detection" => mapping.numeric_detection = flag(key, value)?,
            "dynamic_date_formats" => {
                mapping.dynamic_date_formats = date_formats(value)?;
                mapping.dynamic_date_formats_given = true;
            }
            "dynamic_templates" => mapping.dynamic_templates = DynamicTemplate::parse_all(value)?,
            "_meta" => mapping.meta = Some(value.clone()),
            "_source" | "_routing" | "_field_names" | "_size" | "_data_stream_timestamp" => {
                return Err(Failure::outside_subset(&format!("[{key}] in a mapping")));
            }
            _ => {
                return Err(Failure::mapper_parsing(format!(
                    "Root mapping definition has unsupported parameters:  [{key} : {}]",
                    shown(value)
                )));
            }
        }
    }
    Ok(())
}

fn date_formats(value: &Value) -> Result<Vec<Arc<DateFormat>>, Failure> {
    let list = match value {
        Value::Array(items) => items.iter().collect(),
        single => vec![single],
    };
    list.into_iter()
        .filter(|item| item.as_str() != Some("none"))
        .map(|item| DateFormat::compile(item.as_str().unwrap_or_default()).map(Arc::new))
        .collect()
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn flag(key: &str, value: &Value) -> Result<bool, Failure> {
    match value {
        Value::Bool(flag) => Ok(*flag),
        Value::String(text) if text == "true" => Ok(true),
        Value::String(text) if text == "false" => Ok(false),
        other => Err(Failure::mapper_parsing(format!(
            "Could not convert [{key}] to boolean: Failed to parse value [{}] as only [true] or [false] are allowed.",
            shown(other)
        ))),
    }
}

fn properties(
    mapping: &mut Mapping,
    parent: NodeId,
    value: &Value,
    slot: u32,
) -> Result<(), Failure> {
    let members = value
        .as_object()
        .ok_or_else(|| Failure::mapper_parsing("expected map for property [properties]"))?;
    for (name, body) in members {
        let parts: Vec<&str> = name.split('.').collect();
        if parts.iter().any(|part| part.trim().is_empty()) {
            return Err(Failure::illegal_argument("name cannot be empty string"));
        }
        let mut parent = parent;
        for part in &parts[..parts.len() - 1] {
            parent = match mapping.child(parent, part) {
                Some(child) => child,
                None => mapping.add_object(parent, part),
            };
        }
        add_property(mapping, parent, parts[parts.len() - 1], body, slot)?;
    }
    Ok(())
}

/// Adds or merges one member of an object.
///
/// # Errors
/// As [`parse`].
pub(super) fn add_property(
    mapping: &mut Mapping,
    parent: NodeId,
    name: &str,
    body: &Value,
    slot: u32,
) -> Result<NodeId, Failure> {
    let path = mapping.path_of(parent, name);
    let body = body.as_object().ok_or_else(|| {
        Failure::mapper_parsing(format!(
            "Expected map for property [fields] on field [{name}] but got a simple value"
        ))
    })?;
    let kind = match body.get("type").map(|kind| kind.as_str().unwrap_or_default()) {
        Some(kind) => kind,
        None if body.contains_key("properties")
            || body.keys().all(|key| key == "enabled" || key == "dynamic") =>
        {
            "object"
        }
        None => {
            return Err(Failure::mapper_parsing(format!("No type specified for field [{name}]")));
        }
    };
    let existing = mapping.child(parent, name);
    if matches!(kind, "object" | "nested") {
        if let Some(field) = existing.and_then(|id| mapping.field(id)) {
            return Err(Failure::illegal_argument(format!(
                "mapper [{path}] cannot be changed from type [{}] to [ObjectMapper]",
                field.type_name
            )));
        }
        return object(mapping, parent, name, existing, body, kind == "nested", slot);
    }
    let nested = mapping.object(parent).is_some_and(|object| object.within_nested);
    let mut field = read_field(&path, kind, body, slot)?;
    field.nested = nested;
    let id = match existing {
        None => mapping.add(parent, name, Node::Field(field)),
        Some(id) => merge_field(mapping, id, field)?,
    };
    sub_fields(mapping, id, &path, nested, body, slot)?;
    Ok(id)
}

fn sub_fields(
    mapping: &mut Mapping,
    of: NodeId,
    path: &str,
    nested: bool,
    body: &Map<String, Value>,
    slot: u32,
) -> Result<(), Failure> {
    let Some(fields) = body.get("fields") else { return Ok(()) };
    let members = fields.as_object().ok_or_else(|| {
        Failure::mapper_parsing(format!("expected map for property [fields] on field [{path}]"))
    })?;
    for (name, body) in members {
        let path = format!("{path}.{name}");
        let kind = body.get("type").and_then(Value::as_str).ok_or_else(|| {
            Failure::mapper_parsing(format!("no type specified for property [{name}]"))
        })?;
        let empty = Map::new();
        let mut field = read_field(&path, kind, body.as_object().unwrap_or(&empty), slot)?;
        field.nested = nested;
        let existing = mapping.field(of).and_then(|field| field.multi.get(name.as_str()).copied());
        match existing {
            None => drop(mapping.add(of, name, Node::Field(field))),
            Some(id) => drop(merge_field(mapping, id, field)?),
        }
    }
    Ok(())
}

fn object(
    mapping: &mut Mapping,
    parent: NodeId,
    name: &str,
    existing: Option<NodeId>,
    body: &Map<String, Value>,
    nested: bool,
    slot: u32,
) -> Result<NodeId, Failure> {
    let id = match existing {
        Some(id) => id,
        None => {
            let id = mapping.add_object(parent, name);
            if let Node::Object(object) = mapping.node_mut(id) {
                object.nested = nested;
                object.within_nested |= nested;
            }
            id
        }
    };
    if mapping.object(id).is_some_and(|object| object.nested != nested) && body.contains_key("type")
    {
        return Err(Failure::illegal_argument(format!(
            "cannot change object mapping from {} to {}",
            if nested { "non-nested" } else { "nested" },
            if nested { "nested" } else { "non-nested" },
        )));
    }
    for (key, value) in body {
        match key.as_str() {
            "type" | "properties" => {}
            "dynamic" => set_dynamic(mapping, id, value)?,
            "enabled" => set_enabled(mapping, id, value)?,
            _ => {
                return Err(Failure::mapper_parsing(format!(
                    "Mapping definition for [{name}] has unsupported parameters:  [{key} : {}]",
                    shown(value)
                )));
            }
        }
    }
    if let Some(members) = body.get("properties") {
        properties(mapping, id, members, slot)?;
    }
    Ok(id)
}

fn set_dynamic(mapping: &mut Mapping, id: NodeId, value: &Value) -> Result<(), Failure> {
    let dynamic = match shown(value).as_str() {
        "true" => Dynamic::True,
        "false" => Dynamic::False,
        "strict" => Dynamic::Strict,
        "strict_allow_templates" | "false_allow_templates" => {
            return Err(Failure::outside_subset(&format!("dynamic: {}", shown(value))));
        }
        other => {
            return Err(Failure::mapper_parsing(format!(
                "Failed to parse value [{other}] as only [true], [false] or [strict] are allowed."
            )));
        }
    };
    if let Node::Object(object) = mapping.node_mut(id) {
        object.dynamic = Some(dynamic);
    }
    inherit(mapping, id, dynamic);
    Ok(())
}

/// Hands a changed `dynamic` down to the objects that have none of their own.
fn inherit(mapping: &mut Mapping, id: NodeId, dynamic: Dynamic) {
    let Node::Object(object) = mapping.node_mut(id) else { return };
    object.effective_dynamic = dynamic;
    let children: Vec<NodeId> = object.children.values().copied().collect();
    for child in children {
        if mapping.object(child).is_some_and(|object| object.dynamic.is_none()) {
            inherit(mapping, child, dynamic);
        }
    }
}

fn set_enabled(mapping: &mut Mapping, id: NodeId, value: &Value) -> Result<(), Failure> {
    let enabled = flag("enabled", value)?;
    if let Node::Object(object) = mapping.node_mut(id) {
        if object.enabled != enabled && !object.children.is_empty() {
            return Err(Failure::new(
                400,
                "mapper_exception",
                format!(
                    "the [enabled] parameter can't be updated for the object mapping [{}]",
                    object.path
                ),
            ));
        }
        object.enabled = enabled;
    }
    Ok(())
}

/// Parameters that may differ from what is there, and then replace it.
const CHANGEABLE: [&str; 6] =
    ["ignore_above", "ignore_malformed", "coerce", "meta", "eager_global_ordinals", "null_value"];

fn merge_field(mapping: &mut Mapping, id: NodeId, new: Field) -> Result<NodeId, Failure> {
    let old = match mapping.node_mut(id) {
        Node::Field(old) => old,
        Node::Object(object) => {
            return Err(Failure::illegal_argument(format!(
                "can't merge a non object mapping [{}] with an object mapping",
                object.path
            )));
        }
    };
    if old.type_name != new.type_name {
        return Err(Failure::illegal_argument(format!(
            "mapper [{}] cannot be changed from type [{}] to [{}]",
            old.path, old.type_name, new.type_name
        )));
    }
    let changed: Vec<String> = old
        .params
        .keys()
        .chain(new.params.keys())
        .filter(|key| !CHANGEABLE.contains(&key.as_str()))
        .filter(|key| old.params.get(*key) != new.params.get(*key))
        .map(|key| format!("mapper [{}] has different [{key}] values", old.path))
        .collect();
    if !changed.is_empty() {
        return Err(Failure::illegal_argument(format!(
            "Mapper for [{}] conflicts with existing mapping:\n[{}]",
            old.path,
            changed.join(", ")
        )));
    }
    *old = Field { since: old.since, multi: std::mem::take(&mut old.multi), ..new };
    Ok(id)
}

/// Types that OpenSearch has and this subset does not.
const ELSEWHERE: [&str; 27] = [
    "alias",
    "completion",
    "constant_keyword",
    "date_nanos",
    "date_range",
    "derived",
    "double_range",
    "flat_object",
    "float_range",
    "geo_point",
    "geo_shape",
    "integer_range",
    "ip_range",
    "join",
    "knn_vector",
    "long_range",
    "percolator",
    "point",
    "rank_feature",
    "rank_features",
    "search_as_you_type",
    "semantic",
    "shape",
    "sparse_vector",
    "star_tree",
    "token_count",
    "unsigned_long",
];

fn read_kind(
    path: &str,
    kind: &str,
    body: &Map<String, Value>,
) -> Result<(&'static str, FieldType), Failure> {
    let whole = |min: i64, max: i64| FieldType::Whole { min, max };
    let fraction = |single| FieldType::Fraction { single, scale: None };
    Ok(match kind {
        "text" => ("text", FieldType::Text { analyzer: analyzer(path, body)? }),
        "match_only_text" => {
            ("match_only_text", FieldType::Text { analyzer: analyzer(path, body)? })
        }
        "keyword" => ("keyword", keyword(path, body)?),
        "wildcard" => ("wildcard", keyword(path, body)?),
        "long" => ("long", FieldType::LONG),
        "integer" => ("integer", whole(i64::from(i32::MIN), i64::from(i32::MAX))),
        "short" => ("short", whole(i64::from(i16::MIN), i64::from(i16::MAX))),
        "byte" => ("byte", whole(i64::from(i8::MIN), i64::from(i8::MAX))),
        "double" => ("double", fraction(false)),
        "float" => ("float", fraction(true)),
        "half_float" => ("half_float", fraction(true)),
        "scaled_float" => {
            let scale = body.get("scaling_factor").and_then(Value::as_f64);
            let scale = scale.filter(|scale| *scale > 0.0).ok_or_else(|| {
                Failure::mapper_parsing("Field [scaling_factor] is required")
                    .because(Failure::illegal_argument("Field [scaling_factor] is required"))
            })?;
            ("scaled_float", FieldType::Fraction { single: false, scale: Some(scale) })
        }
        "boolean" => ("boolean", FieldType::Boolean),
        "date" => {
            let text = body.get("format").and_then(Value::as_str).unwrap_or(DateFormat::DEFAULT);
            ("date", FieldType::Date { format: Arc::new(DateFormat::compile(text)?) })
        }
        "ip" => ("ip", FieldType::Ip),
        "binary" => ("binary", FieldType::Binary),
        other if ELSEWHERE.contains(&other) => {
            return Err(Failure::outside_subset(&format!("type [{other}] of field [{path}]")));
        }
        other => {
            return Err(Failure::mapper_parsing(format!(
                "No handler for type [{other}] declared on field [{path}]"
            )));
        }
    })
}

fn analyzer(path: &str, body: &Map<String, Value>) -> Result<Analyzer, Failure> {
    match body.get("analyzer").map(|name| name.as_str().unwrap_or_default()) {
        None | Some("standard" | "default") => Ok(Analyzer::Standard),
        Some("simple") => Ok(Analyzer::Simple),
        Some("whitespace") => Ok(Analyzer::Whitespace),
        Some("keyword") => Ok(Analyzer::Keyword),
        Some(other) => Err(Failure::mapper_parsing(format!(
            "analyzer [{other}] has not been configured in mappings [{path}]; this emulation has standard, simple, whitespace and keyword"
        ))),
    }
}

fn keyword(path: &str, body: &Map<String, Value>) -> Result<FieldType, Failure> {
    let lowercase = match body.get("normalizer").map(|name| name.as_str().unwrap_or_default()) {
        None => false,
        Some("lowercase") => true,
        Some(other) => {
            return Err(Failure::mapper_parsing(format!(
                "normalizer [{other}] not found for field [{path}]"
            )));
        }
    };
    let ignore_above = match body.get("ignore_above") {
        None => None,
        Some(value) => {
            let number =
                value.as_u64().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
            let number = number.and_then(|number| usize::try_from(number).ok());
            Some(number.ok_or_else(|| {
                Failure::illegal_argument(format!(
                    "[ignore_above] must be positive, got {}",
                    shown(value)
                ))
            })?)
        }
    };
    Ok(FieldType::Keyword { ignore_above, lowercase })
}

fn read_field(
    path: &str,
    kind: &str,
    body: &Map<String, Value>,
    slot: u32,
) -> Result<Field, Failure> {
    let (type_name, kind) = read_kind(path, kind, body)?;
    let mut field = Field::plain(path, type_name, kind, slot);
    for (key, value) in body {
        let known = match (key.as_str(), &field.kind) {
            ("type" | "fields", _) => continue,
            ("index", _) => {
                field.indexed = flag(key, value)?;
                true
            }
            ("doc_values", kind) if !matches!(kind, FieldType::Text { .. }) => {
                field.doc_values = flag(key, value)?;
                true
            }
            (
                "ignore_malformed",
                FieldType::Whole { .. }
                | FieldType::Fraction { .. }
                | FieldType::Date { .. }
                | FieldType::Ip,
            ) => {
                field.ignore_malformed = flag(key, value)?;
                true
            }
            ("coerce", FieldType::Whole { .. } | FieldType::Fraction { .. }) => {
                field.coerce = flag(key, value)?;
                true
            }
            ("null_value", kind) if !matches!(kind, FieldType::Text { .. } | FieldType::Binary) => {
                field.null_value = (!value.is_null()).then(|| value.clone());
                true
            }
            ("store" | "meta" | "boost", _) => true,
            ("format" | "locale", FieldType::Date { .. }) => true,
            ("scaling_factor", FieldType::Fraction { scale: Some(_), .. }) => true,
            (
                "analyzer" | "norms" | "index_options" | "similarity" | "term_vector",
                FieldType::Text { .. },
            ) => true,
            (
                "ignore_above"
                | "normalizer"
                | "norms"
                | "index_options"
                | "similarity"
                | "eager_global_ordinals"
                | "split_queries_on_whitespace",
                FieldType::Keyword { .. },
            ) => true,
            ("copy_to", _) | ("fielddata" | "search_analyzer", FieldType::Text { .. }) => {
                return Err(Failure::outside_subset(&format!("[{key}] on field [{path}]")));
            }
            _ => false,
        };
        if !known {
            return Err(Failure::mapper_parsing(format!(
                "unknown parameter [{key}] on mapper [{path}] of type [{type_name}]"
            )));
        }
        field.params.insert(key.clone(), value.clone());
    }
    Ok(field)
}

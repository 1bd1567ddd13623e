//! The order of hits.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::opensearch::error::Failure;
use crate::opensearch::mapping::{FieldType, Mapping, print_ip};
use crate::opensearch::query::{Doc, FieldRef, Item};

/// One criterion.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sort {
    pub(super) by: By,
    pub(super) descending: bool,
    missing_first: bool,
    /// What stands in for a value that is missing.
    stand_in: Option<Value>,
    /// The type of a field that no index has; it may be sorted by then.
    unmapped_type: Option<String>,
    /// Whether of several values the greatest counts.
    greatest: bool,
}

/// What is compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum By {
    Score,
    /// The order in which documents were written.
    Doc,
    Id,
    Field(String),
}

/// What a hit is compared by.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Key {
    Missing,
    Number(f64),
    Item(Item),
}

impl Sort {
    /// Reads `sort`: a name, an object, or a list of them.
    ///
    /// # Errors
    /// `parsing_exception`, `illegal_argument_exception`.
    pub(super) fn parse_all(value: &Value) -> Result<Vec<Self>, Failure> {
        match value {
            Value::Array(list) => list.iter().map(Self::parse).collect(),
            one => Ok(vec![Self::parse(one)?]),
        }
    }

    fn parse(value: &Value) -> Result<Self, Failure> {
        match value {
            Value::String(name) => match name.split_once(':') {
                Some((name, order)) => Self::of(name, Some(order), &Value::Null),
                None => Self::of(name, None, &Value::Null),
            },
            Value::Object(members) if members.len() == 1 => {
                let Some((name, of)) = members.iter().next() else { return Err(malformed()) };
                let order = of.as_str().or_else(|| of.get("order").and_then(Value::as_str));
                Self::of(name, order, of)
            }
            _ => Err(malformed()),
        }
    }

    fn of(name: &str, order: Option<&str>, of: &Value) -> Result<Self, Failure> {
        let by = match name {
            "_score" => By::Score,
            "_doc" => By::Doc,
            "_id" => By::Id,
            field => By::Field(field.to_owned()),
        };
        for key in of.as_object().into_iter().flat_map(|members| members.keys()) {
            match key.as_str() {
                "order" | "missing" | "unmapped_type" | "mode" | "numeric_type" => {}
                other => {
                    let reason = format!("[field_sort] unknown field [{other}]");
                    return Err(Failure::new(400, "x_content_parse_exception", reason));
                }
            }
        }
        let descending = match order.map(str::to_lowercase).as_deref() {
            None => by == By::Score,
            Some("asc") => false,
            Some("desc") => true,
            Some(other) => {
                return Err(Failure::illegal_argument(format!(
                    "No enum constant org.opensearch.search.sort.SortOrder.{}",
                    other.to_uppercase()
                )));
            }
        };
        let missing = of.get("missing").filter(|missing| !missing.is_null());
        let word = missing.and_then(Value::as_str);
        let missing_first = word == Some("_first");
        let stand_in = missing.filter(|_| !matches!(word, Some("_first" | "_last"))).cloned();
        let greatest = match of.get("mode").and_then(Value::as_str) {
            None => descending,
            Some("min") => false,
            Some("max") => true,
            Some(other) => {
                return Err(Failure::outside_subset(&format!("mode [{other}] of a sort")));
            }
        };
        let unmapped_type = of.get("unmapped_type").and_then(Value::as_str).map(str::to_owned);
        Ok(Self { by, descending, missing_first, stand_in, unmapped_type, greatest })
    }

    /// Whether the mapping can be sorted so.
    ///
    /// # Errors
    /// `query_shard_exception`, `illegal_argument_exception`.
    pub(super) fn check(&self, mapping: &Mapping) -> Result<(), Failure> {
        let By::Field(name) = &self.by else { return Ok(()) };
        match FieldRef::of(mapping, name) {
            None if self.unmapped_type.is_some() => Ok(()),
            None => Err(Failure::new(
                400,
                "query_shard_exception",
                format!("No mapping found for [{name}] in order to sort on"),
            )),
            Some(field) if field.is_text() => Err(text_field(name)),
            Some(_) => Ok(()),
        }
    }

    /// What a document is compared by.
    pub(super) fn key(&self, mapping: &Mapping, doc: Doc<'_>, score: f64) -> Key {
        let name = match &self.by {
            By::Score => return Key::Number(score),
            By::Doc => return Key::Number(f64::from(doc.slot)),
            By::Id => return Key::Item(Item::Text(doc.id.to_owned())),
            By::Field(name) => name,
        };
        let Some(field) = FieldRef::of(mapping, name) else { return Key::Missing };
        let items = field.items(doc.source, doc.slot).into_iter();
        let chosen =
            if self.greatest { items.max_by(Item::order) } else { items.min_by(Item::order) };
        match (chosen, &self.stand_in) {
            (Some(item), _) => Key::Item(item),
            (None, Some(value)) => self.key_of(value, Some(mapping)),
            (None, None) => Key::Missing,
        }
    }

    /// As `sort` of a hit shows it. A number that is missing is shown as the one beyond all others.
    pub(super) fn shown(&self, mapping: &Mapping, key: &Key) -> Value {
        let (By::Field(name), Key::Missing) = (&self.by, key) else { return key.value() };
        let low = self.missing_first != self.descending;
        let kind = FieldRef::of(mapping, name).map(|field| &field.field.kind);
        let unmapped = self.unmapped_type.as_deref();
        match (kind, unmapped) {
            (Some(FieldType::Fraction { .. }), _) | (None, Some("float" | "double")) => {
                json!(if low { "-Infinity" } else { "Infinity" })
            }
            (Some(kind), _) => match bounds(kind) {
                Some((least, most)) => json!(if low { least } else { most }),
                None => Value::Null,
            },
            (None, Some("long" | "date")) => json!(if low { i64::MIN } else { i64::MAX }),
            (None, Some("integer" | "short" | "byte" | "boolean")) => {
                json!(if low { i32::MIN } else { i32::MAX })
            }
            (None, _) => Value::Null,
        }
    }

    /// How two hits are ordered.
    pub(super) fn compare(&self, a: &Key, b: &Key) -> Ordering {
        let turned = |order: Ordering| if self.descending { order.reverse() } else { order };
        match (a, b) {
            (Key::Missing, Key::Missing) => Ordering::Equal,
            (Key::Missing, _) if self.missing_first => Ordering::Less,
            (Key::Missing, _) => Ordering::Greater,
            (_, Key::Missing) => self.compare(b, a).reverse(),
            (Key::Number(a), Key::Number(b)) => turned(a.total_cmp(b)),
            (Key::Item(a), Key::Item(b)) => turned(a.order(b)),
            (a, b) => turned(number(a).total_cmp(&number(b))),
        }
    }

    /// A value of `search_after` as a key.
    pub(super) fn key_of(&self, value: &Value, mapping: Option<&Mapping>) -> Key {
        let field = match (&self.by, mapping) {
            (By::Field(name), Some(mapping)) => FieldRef::of(mapping, name),
            _ => None,
        };
        let is_ip = field.is_some_and(|field| matches!(field.field.kind, FieldType::Ip));
        let bounds = field.and_then(|field| bounds(&field.field.kind));
        match value {
            Value::Null => Key::Missing,
            Value::Number(number) => match (number.as_i64(), &self.by) {
                // How a missing number is shown; it comes back in `search_after`.
                (Some(whole), _) if bounds.is_some_and(|(a, b)| whole == a || whole == b) => {
                    Key::Missing
                }
                (Some(whole), By::Field(_)) => Key::Item(Item::Whole(whole)),
                _ => Key::Number(number.as_f64().unwrap_or(0.0)),
            },
            Value::String(text) if is_ip => crate::opensearch::mapping::parse_ip(text)
                .map_or(Key::Missing, |ip| Key::Item(Item::Ip(ip))),
            other => Key::Item(Item::Text(
                other.as_str().map_or_else(|| other.to_string(), str::to_owned),
            )),
        }
    }
}

/// The error of sorting or aggregating on text.
pub(in super::super) fn text_field(name: &str) -> Failure {
    Failure::illegal_argument(format!(
        "Text fields are not optimised for operations that require per-document field data like \
         aggregations and sorting, so these operations are disabled by default. Please use a \
         keyword field instead. Alternatively, set fielddata=true on [{name}] in order to load \
         field data by uninverting the inverted index. Note that this can use significant memory."
    ))
}

/// What is shown for a missing number of this type: the one beyond all others.
fn bounds(kind: &FieldType) -> Option<(i64, i64)> {
    match kind {
        FieldType::Whole { max, .. } if *max > i64::from(i32::MAX) => Some((i64::MIN, i64::MAX)),
        FieldType::Date { .. } => Some((i64::MIN, i64::MAX)),
        FieldType::Whole { .. } | FieldType::Boolean => Some((i32::MIN.into(), i32::MAX.into())),
        _ => None,
    }
}

fn number(key: &Key) -> f64 {
    match key {
        Key::Missing => f64::INFINITY,
        Key::Number(number) => *number,
        Key::Item(item) => item.number().unwrap_or(f64::INFINITY),
    }
}

impl Key {
    /// As `sort` of a hit shows it.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Missing => Value::Null,
            Self::Number(number) | Self::Item(Item::Fraction(number)) => json!(number),
            Self::Item(Item::Whole(number)) => json!(number),
            Self::Item(Item::Text(text)) => json!(text),
            Self::Item(Item::Ip(octets)) => json!(print_ip(*octets)),
        }
    }
}

fn malformed() -> Failure {
    Failure::illegal_argument(
        "malformed sort format, within the sort array, an object, or an actual string are allowed",
    )
}

//! The values of a field in a document.

use std::borrow::Cow;

use serde_json::Value;

use crate::opensearch::analysis;
use crate::opensearch::json::Scalar;
use crate::opensearch::mapping::{self, Field, FieldType, Mapping};

/// A field of the mapping, and where its values lie in a source.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct FieldRef<'m> {
    pub(in super::super) field: &'m Field,
    /// The path in the source: a sub-field reads what its parent reads.
    path: &'m str,
}

/// One value of a field.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Item {
    /// A keyword, or one token of a text.
    Text(String),
    /// A whole number, a boolean as 0 or 1, a date in milliseconds.
    Whole(i64),
    /// A floating-point number.
    Fraction(f64),
    /// An address.
    Ip([u8; 16]),
}

impl Item {
    /// As a number, when it is one.
    pub(in super::super) fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(number) => Some(*number as f64),
            Self::Fraction(number) => Some(*number),
            _ => None,
        }
    }

    /// An order over the values of one field.
    pub(in super::super) fn order(&self, other: &Self) -> std::cmp::Ordering {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Ip(a), Self::Ip(b)) => a.cmp(b),
            (Self::Whole(a), Self::Whole(b)) => a.cmp(b),
            (a, b) => {
                let number = |item: &Self| item.number().unwrap_or(f64::INFINITY);
                number(a).total_cmp(&number(b))
            }
        }
    }
}

impl<'m> FieldRef<'m> {
    /// The field of this path; `None` when the mapping has none.
    pub(in super::super) fn of(mapping: &'m Mapping, path: &str) -> Option<Self> {
        let (_, field) = mapping.find_field(path)?;
        if field.nested {
            return None;
        }
        let whole: &'m str = &field.path;
        let parent = whole.rsplit_once('.').map(|(parent, _)| parent);
        let is_sub = parent.is_some_and(|parent| mapping.find_field(parent).is_some());
        Some(Self { field, path: if is_sub { parent.unwrap_or(whole) } else { whole } })
    }

    /// Whether its values are cut into tokens.
    pub(in super::super) fn is_text(&self) -> bool {
        matches!(self.field.kind, FieldType::Text { .. })
    }

    /// Hands every scalar that lies at its path to `take`.
    fn scalars<'v>(&self, source: &'v Value, take: &mut impl FnMut(&'v Value)) {
        walk(source, self.path, take);
    }

    /// Its values in a document; the tokens of all texts, in order.
    pub(in super::super) fn items(&self, source: &Value, slot: u32) -> Vec<Item> {
        let mut items = Vec::new();
        if slot < self.field.since || !(self.field.indexed || self.field.doc_values) {
            return items;
        }
        self.scalars(source, &mut |value| self.take(value, &mut items));
        items
    }

    fn take(&self, value: &Value, items: &mut Vec<Item>) {
        let value = match (value, &self.field.null_value) {
            (Value::Null, Some(stand_in)) => stand_in,
            (value, _) => value,
        };
        let written;
        let scalar = match value {
            Value::String(text) => Scalar::String(Cow::Borrowed(text)),
            Value::Bool(flag) => Scalar::Bool(*flag),
            Value::Number(number) => {
                written = number.to_string();
                Scalar::Number(&written, number.is_i64() || number.is_u64())
            }
            _ => return,
        };
        // What did not fit was refused when it was written, or is left out by `ignore_malformed`.
        match self.field.value(&scalar) {
            Ok(mapping::Value::Term(term)) => items.push(Item::Text(term.into_owned())),
            Ok(mapping::Value::Whole(number)) => items.push(Item::Whole(number)),
            Ok(mapping::Value::Fraction(number)) => items.push(Item::Fraction(number)),
            Ok(mapping::Value::Ip(octets)) => items.push(Item::Ip(octets)),
            Ok(mapping::Value::Text(text)) => {
                if let FieldType::Text { analyzer } = self.field.kind {
                    analysis::tokens(analyzer, text, |token| {
                        items.push(Item::Text(token.into_owned()));
                    });
                }
            }
            Ok(mapping::Value::Nothing) | Err(_) => {}
        }
    }

    /// Whether a document has any value; a text without tokens counts, a null does not.
    pub(in super::super) fn exists(&self, source: &Value, slot: u32) -> bool {
        if slot < self.field.since {
            return false;
        }
        let mut found = false;
        self.scalars(source, &mut |value| found |= !value.is_null() && self.counts(value));
        found
    }

    /// A text counts as it is; of another type only what the field keeps counts.
    fn counts(&self, value: &Value) -> bool {
        let mut items = Vec::new();
        self.take(value, &mut items);
        !items.is_empty() || (self.is_text() && value.is_string())
    }
}

/// Scalars at a dotted path: arrays are looked into, dots in names count as levels.
fn walk<'v>(value: &'v Value, path: &str, take: &mut impl FnMut(&'v Value)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, path, take)),
        Value::Object(members) if !path.is_empty() => {
            if let Some(inner) = members.get(path) {
                walk(inner, "", take);
            }
            for (at, _) in path.match_indices('.') {
                if let Some(inner) = members.get(&path[..at]) {
                    walk(inner, &path[at + 1..], take);
                }
            }
        }
        Value::Object(_) => {}
        scalar if path.is_empty() => take(scalar),
        _ => {}
    }
}

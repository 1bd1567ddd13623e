//! What a column holds, and how its values are shown as keys.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::opensearch::dates::DateFormat;
use crate::opensearch::mapping::{FieldType, print_ip};
use crate::opensearch::query::{FieldRef, Item};

/// What the values of a field are.
#[derive(Debug, Clone, Default)]
pub(super) enum Kind {
    /// No index that was searched has the field.
    #[default]
    Unmapped,
    Text,
    Number,
    Boolean,
    Date(Arc<DateFormat>),
    Ip,
}

impl Kind {
    pub(super) fn of(field: FieldRef<'_>) -> Self {
        match &field.field.kind {
            FieldType::Text { .. } | FieldType::Keyword { .. } | FieldType::Binary => Self::Text,
            FieldType::Whole { .. } | FieldType::Fraction { .. } => Self::Number,
            FieldType::Boolean => Self::Boolean,
            FieldType::Date { format } => Self::Date(Arc::clone(format)),
            FieldType::Ip => Self::Ip,
        }
    }

    /// Whether metrics over numbers make sense of it.
    pub(super) fn is_numeric(&self) -> bool {
        !matches!(self, Self::Text | Self::Ip)
    }

    /// `key`, and `key_as_string` where there is one.
    pub(super) fn key(&self, item: &Item, out: &mut Map<String, Value>) {
        let (key, text) = self.shown(item);
        out.insert("key".to_owned(), key);
        if let Some(text) = text {
            out.insert("key_as_string".to_owned(), json!(text));
        }
    }

    fn shown(&self, item: &Item) -> (Value, Option<String>) {
        match (self, item) {
            (Self::Boolean, Item::Whole(number)) => {
                (json!(number), Some((*number == 1).to_string()))
            }
            (Self::Date(format), Item::Whole(ms)) => (json!(ms), Some(format.print(*ms, 0))),
            (_, Item::Whole(number)) => (json!(number), None),
            (_, Item::Fraction(number)) => (json!(number), None),
            (_, Item::Text(text)) => (json!(text), None),
            (_, Item::Ip(octets)) => (json!(print_ip(*octets)), None),
        }
    }

    /// The value as the text that `include` and `exclude` are about.
    pub(super) fn text(&self, item: &Item) -> String {
        match self.shown(item) {
            (_, Some(text)) => text,
            (Value::String(text), None) => text,
            (other, None) => other.to_string(),
        }
    }

    /// `value`, and `value_as_string` of dates, of a metric that has the field's own unit.
    pub(super) fn metric(&self, value: Option<f64>) -> Value {
        self.texts(json!({ "value": value }))
    }

    /// An answer with the text beside every number in the field's own unit: a date's, and a
    /// boolean's.
    pub(super) fn texts(&self, mut out: Value) -> Value {
        for name in ["value", "min", "max", "avg", "sum"] {
            let Some(value) = out.get(name).and_then(Value::as_f64) else { continue };
            let text = match self {
                Self::Date(format) => format.print(milliseconds(value), 0),
                Self::Boolean => (value != 0.0).to_string(),
                _ => continue,
            };
            out[format!("{name}_as_string")] = json!(text);
        }
        out
    }
}

/// A date that went through floating-point arithmetic.
#[expect(clippy::cast_possible_truncation, reason = "dates lie far within 2^53 ms")]
pub(super) fn milliseconds(value: f64) -> i64 {
    value as i64
}

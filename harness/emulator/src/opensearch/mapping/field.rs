//! A leaf of the mapping: its type and what its type is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::opensearch::dates::DateFormat;

use super::tree::NodeId;

/// How text is cut into tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Analyzer {
    /// Unicode words, lower case.
    Standard,
    /// Runs of letters, lower case.
    Simple,
    /// What white space separates, as it is.
    Whitespace,
    /// The whole text as one token.
    Keyword,
}

/// The type of a field, with the parameters that change what it holds.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldType {
    /// `text` and `match_only_text`
    Text {
        /// How it is cut.
        analyzer: Analyzer,
    },
    /// `keyword` and `wildcard`
    Keyword {
        /// Longest value, in characters, that is kept as a term.
        ignore_above: Option<usize>,
        /// Whether the `lowercase` normalizer is set.
        lowercase: bool,
    },
    /// `long`, `integer`, `short` and `byte`: a whole number within these bounds.
    Whole {
        /// The smallest.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// `double`, `float`, `half_float` and `scaled_float`.
    Fraction {
        /// Whether values are kept in 32 bits.
        single: bool,
        /// What `scaled_float` multiplies by before it rounds.
        scale: Option<f64>,
    },
    /// `boolean`
    Boolean,
    /// `date`, to the millisecond.
    Date {
        /// How it is read and printed.
        format: Arc<DateFormat>,
    },
    /// `ip`
    Ip,
    /// `binary`: kept in `_source` only.
    Binary,
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Dotted path from the root.
    pub path: Arc<str>,
    /// The mapping's own name of the type, such as `long`.
    pub type_name: &'static str,
    /// The type.
    pub kind: FieldType,
    /// The first document, by slot, that this field can hold a value of; earlier ones were
    /// indexed before the field existed.
    pub since: u32,
    /// Its sub-fields.
    pub multi: BTreeMap<Arc<str>, NodeId>,
    /// The parameters as given, without `type` and `fields`.
    pub params: Map<String, Value>,
    /// Whether it can be searched.
    pub indexed: bool,
    /// Whether it can be sorted and aggregated on.
    pub doc_values: bool,
    /// Whether a value that does not fit is left out instead of failing the document.
    pub ignore_malformed: bool,
    /// Whether numbers in strings and fractions of whole numbers are accepted.
    pub coerce: bool,
    /// What stands for an explicit null.
    pub null_value: Option<Value>,
    /// Whether it lies in a `nested` object, where the root's queries do not see it.
    pub nested: bool,
}

impl FieldType {
    /// `long`
    pub const LONG: Self = Self::Whole { min: i64::MIN, max: i64::MAX };
    /// `float`
    pub const FLOAT: Self = Self::Fraction { single: true, scale: None };
}

impl Field {
    /// A field of this type with every parameter at its default.
    #[must_use]
    pub fn plain(path: &str, type_name: &'static str, kind: FieldType, since: u32) -> Self {
        let doc_values = !matches!(kind, FieldType::Text { .. } | FieldType::Binary);
        Self {
            path: path.into(),
            type_name,
            kind,
            since,
            multi: BTreeMap::new(),
            params: Map::new(),
            indexed: true,
            doc_values,
            ignore_malformed: false,
            coerce: true,
            null_value: None,
            nested: false,
        }
    }
}

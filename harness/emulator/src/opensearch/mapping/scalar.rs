//! A scalar of a document against the type of its field.

use std::net::{IpAddr, Ipv6Addr};

use crate::opensearch::error::Failure;
use crate::opensearch::json::Scalar;

use super::field::{Field, FieldType};

/// What a field holds of one scalar.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing: null, an empty string for a number, or a keyword beyond `ignore_above`.
    Nothing,
    /// Text to cut into tokens.
    Text(&'a str),
    /// One term: a keyword's text.
    Term(std::borrow::Cow<'a, str>),
    /// An address, IPv4 mapped into IPv6.
    Ip([u8; 16]),
    /// A whole number, a boolean as 0 or 1, a date in milliseconds since 1970.
    Whole(i64),
    /// A floating-point number.
    Fraction(f64),
}

/// Longest term that Lucene keeps, in bytes.
const MAX_TERM_BYTES: usize = 32_766;

impl Field {
    /// What this field holds of `scalar`.
    ///
    /// # Errors
    /// The cause that `mapper_parsing_exception` wraps.
    pub fn value<'a>(&self, scalar: &'a Scalar<'_>) -> Result<Value<'a>, Failure> {
        let Some(text) = scalar.text() else { return Ok(Value::Nothing) };
        match &self.kind {
            FieldType::Binary => Ok(Value::Nothing),
            FieldType::Text { .. } => Ok(Value::Text(text)),
            FieldType::Keyword { ignore_above, lowercase } => {
                Ok(keyword(text, *ignore_above, *lowercase))
            }
            FieldType::Whole { min, max } => self.whole(scalar, text, *min, *max),
            FieldType::Fraction { single, scale } => {
                self.fraction(scalar, text).map(|number| match number {
                    None => Value::Nothing,
                    Some(number) => Value::Fraction(kept(number, *single, *scale)),
                })
            }
            FieldType::Boolean => boolean(scalar, text),
            FieldType::Date { format } => format.read(text).map(Value::Whole),
            FieldType::Ip => parse_ip(text).map(Value::Ip).ok_or_else(|| {
                Failure::illegal_argument(format!("'{text}' is not an IP string literal."))
            }),
        }
    }

    /// Whether a term of this field is longer than Lucene takes.
    #[must_use]
    pub fn immense(&self, term: &str) -> bool {
        term.len() > MAX_TERM_BYTES && (self.indexed || self.doc_values)
    }

    /// The error for such a term.
    #[must_use]
    pub fn immense_term(&self) -> Failure {
        Failure::illegal_argument(format!(
            "Document contains at least one immense term in field=\"{}\" (whose UTF8 encoding is longer than the max length {MAX_TERM_BYTES}), all of which were skipped.",
            self.path
        ))
    }

    fn whole<'a>(
        &self,
        scalar: &Scalar<'_>,
        text: &str,
        min: i64,
        max: i64,
    ) -> Result<Value<'a>, Failure> {
        let plain = match scalar {
            Scalar::String(_) if !self.coerce => {
                return Err(Failure::illegal_argument(format!(
                    "{} value passed as String",
                    self.java_name()
                )));
            }
            Scalar::String(_) if text.is_empty() => return Ok(Value::Nothing),
            Scalar::Bool(_) => return Err(not_numeric(text)),
            _ => text.parse::<i64>().ok(),
        };
        let number = match plain {
            Some(number) => number,
            None => self.truncated(scalar, text)?,
        };
        if number < min || number > max {
            return Err(self.out_of_range(scalar, text));
        }
        Ok(Value::Whole(number))
    }

    /// The whole part of a number that is not plainly whole.
    #[expect(clippy::cast_possible_truncation, reason = "the bounds are checked before")]
    fn truncated(&self, scalar: &Scalar<'_>, text: &str) -> Result<i64, Failure> {
        let number = java_double(text).ok_or_else(|| Failure::number_format(text).renamed())?;
        if !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number) {
            return Err(self.out_of_range(scalar, text));
        }
        if number.fract() != 0.0 && !self.coerce {
            return Err(Failure::illegal_argument(format!(
                "{text} cannot be converted to {} without data loss",
                self.java_name()
            )));
        }
        Ok(number.trunc() as i64)
    }

    /// The JSON parser itself refuses a number beyond what it was asked for; the field, a text.
    fn out_of_range(&self, scalar: &Scalar<'_>, text: &str) -> Failure {
        let asked = match self.type_name {
            "long" => Some(("long", i64::MIN, i64::MAX)),
            "integer" => Some(("int", i64::from(i32::MIN), i64::from(i32::MAX))),
            "short" => Some(("short", i64::from(i16::MIN), i64::from(i16::MAX))),
            _ => None,
        };
        if let (Scalar::Number(..), Some((name, min, max))) = (scalar, asked) {
            return coercion(format!(
                "Numeric value ({text}) out of range of `{name}` ({min} - {max})"
            ));
        }
        let article = if self.type_name == "integer" { "an" } else { "a" };
        Failure::illegal_argument(format!(
            "Value [{text}] is out of range for {article} {}",
            self.type_name
        ))
    }

    fn fraction(&self, scalar: &Scalar<'_>, text: &str) -> Result<Option<f64>, Failure> {
        match scalar {
            Scalar::String(_) if !self.coerce => {
                return Err(Failure::illegal_argument(format!(
                    "{} value passed as String",
                    self.java_name()
                )));
            }
            Scalar::String(_) if text.is_empty() => return Ok(None),
            Scalar::Bool(_) => return Err(not_numeric(text)),
            _ => {}
        }
        let number = java_double(text).ok_or_else(|| Failure::number_format(text))?;
        let single = matches!(self.kind, FieldType::Fraction { single: true, .. });
        if !number.is_finite() || (single && number.abs() > f64::from(f32::MAX)) {
            return Err(Failure::illegal_argument(format!(
                "[{}] supports only finite values, but got [{}]",
                self.type_name,
                if number.is_nan() {
                    "NaN"
                } else if number > 0.0 {
                    "Infinity"
                } else {
                    "-Infinity"
                }
            )));
        }
        Ok(Some(number))
    }

    /// What Java calls the type.
    fn java_name(&self) -> &'static str {
        match self.type_name {
            "long" => "Long",
            "integer" => "Integer",
            "short" => "Short",
            "byte" => "Byte",
            "float" => "Float",
            _ => "Double",
        }
    }
}

impl Failure {
    /// A number that is none comes as `illegal_argument_exception` inside a document.
    fn renamed(self) -> Self {
        Self::illegal_argument(self.reason())
    }
}

fn keyword(text: &str, ignore_above: Option<usize>, lowercase: bool) -> Value<'_> {
    // Java counts UTF-16 units; a text with fewer bytes than the bound cannot have more.
    if ignore_above.is_some_and(|most| text.len() > most && text.encode_utf16().count() > most) {
        return Value::Nothing;
    }
    Value::Term(if lowercase { text.to_lowercase().into() } else { text.into() })
}

fn not_numeric(text: &str) -> Failure {
    coercion(format!(
        "Current token (VALUE_{}) not numeric, cannot use numeric value accessors",
        text.to_uppercase()
    ))
}

/// What the JSON parser says of a token that is not what it was asked for.
pub(super) fn coercion(reason: String) -> Failure {
    // Told twice: as the parser's own exception, and as the one that it was wrapped in.
    let thrown = Failure::new(400, "input_coercion_exception", reason);
    thrown.clone().because(thrown)
}

/// The number as the field keeps it.
#[expect(clippy::cast_possible_truncation, reason = "float keeps 32 bits")]
fn kept(number: f64, single: bool, scale: Option<f64>) -> f64 {
    match scale {
        Some(scale) => (number * scale).round() / scale,
        None if single => f64::from(number as f32),
        None => number,
    }
}

fn boolean<'a>(scalar: &Scalar<'_>, text: &str) -> Result<Value<'a>, Failure> {
    match (scalar, text) {
        (Scalar::Bool(true), _) | (Scalar::String(_), "true") => Ok(Value::Whole(1)),
        (Scalar::Bool(false), _) | (Scalar::String(_), "false" | "") => Ok(Value::Whole(0)),
        (Scalar::Number(..), _) => {
            let form = if text.contains(['.', 'e', 'E']) { "FLOAT" } else { "INT" };
            Err(coercion(format!("Current token (VALUE_NUMBER_{form}) not of boolean type")))
        }
        _ => Err(Failure::illegal_argument(format!(
            "Failed to parse value [{text}] as only [true] or [false] are allowed."
        ))),
    }
}

/// A number as Java's `Double.parseDouble` reads it, as far as logs hold such; `None` for what
/// Java refuses though Rust reads it.
#[must_use]
pub(super) fn java_double(text: &str) -> Option<f64> {
    let trimmed = text.trim();
    let body = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    match body {
        "NaN" | "Infinity" => return trimmed.parse().ok(),
        _ if !body.starts_with(|c: char| c.is_ascii_digit() || c == '.') => return None,
        _ => {}
    }
    // Java allows a type suffix: 1d, 1.5f.
    let number = trimmed.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(trimmed);
    number.parse().ok()
}

/// The 16 bytes of an address; IPv4 is mapped into IPv6.
#[must_use]
pub fn parse_ip(text: &str) -> Option<[u8; 16]> {
    match text.parse::<IpAddr>().ok()? {
        IpAddr::V4(v4) => Some(v4.to_ipv6_mapped().octets()),
        IpAddr::V6(v6) => Some(v6.octets()),
    }
}

/// The text of 16 bytes of an address.
#[must_use]
pub fn print_ip(octets: [u8; 16]) -> String {
    let v6 = Ipv6Addr::from(octets);
    v6.to_ipv4_mapped().map_or_else(|| v6.to_string(), |v4| v4.to_string())
}

//! `{"prefix": …}` and the other operators.

use serde_json::{Map, Value};

use super::InvalidPattern;
use super::cidr::Cidr;
use super::glob::Glob;
use super::node::{Form, Range, Test, Unwanted};
use super::number::Number;
use super::text::Folded;

/// The names of the operators; a `$or` whose alternatives begin with one of them is a field.
pub(super) const NAMES: [&str; 9] = [
    "exact",
    "prefix",
    "suffix",
    "equals-ignore-case",
    "anything-but",
    "numeric",
    "exists",
    "cidr",
    "wildcard",
];

fn fault<T>(reason: impl Into<String>) -> Result<T, InvalidPattern> {
    Err(InvalidPattern::new(reason))
}

/// Reads an operator with its operand.
pub(super) fn test(object: &Map<String, Value>) -> Result<Test, InvalidPattern> {
    let mut members = object.iter();
    let Some((name, operand)) = members.next() else {
        return fault("Empty objects are not allowed");
    };
    if members.next().is_some() {
        return fault("Only one key allowed in match expression");
    }
    match name.as_str() {
        "anything-but" => anything_but(operand),
        "numeric" => numeric(operand).map(Test::Range),
        "exists" => match operand.as_bool() {
            Some(true) => Ok(Test::Exists),
            Some(false) => Ok(Test::Absent),
            None => fault("exists match pattern must be either true or false."),
        },
        "cidr" => match operand.as_str() {
            Some(text) => Cidr::parse(text).map(Test::Cidr),
            None => fault("cidr match pattern must be a string"),
        },
        other => form(other, operand).map(Test::Form),
    }
}

/// Reads an operator that asks for the form of a text.
fn form(name: &str, operand: &Value) -> Result<Form, InvalidPattern> {
    match (name, operand) {
        ("prefix", Value::String(text)) => Ok(Form::Prefix(text.clone())),
        ("suffix", Value::String(text)) => Ok(Form::Suffix(text.clone())),
        ("equals-ignore-case", Value::String(text)) => Ok(Form::Same(Folded::new(text))),
        ("wildcard", Value::String(text)) => Glob::parse(text).map(Form::Wildcard),
        ("prefix" | "suffix", Value::Object(inner)) => {
            let mut inner = inner.iter();
            match (inner.next(), inner.next()) {
                (Some((key, Value::String(text))), None) if key == "equals-ignore-case" => {
                    let folded = Folded::new(text);
                    Ok(if name == "prefix" {
                        Form::SamePrefix(folded)
                    } else {
                        Form::SameSuffix(folded)
                    })
                }
                (Some((key, _)), None) if key == "equals-ignore-case" => {
                    fault(format!("equals-ignore-case in {name} match pattern must be a string"))
                }
                (Some((key, _)), None) => fault(format!("Unsupported {name} pattern: {key}")),
                _ => fault("Only one key allowed in match expression"),
            }
        }
        ("prefix" | "suffix" | "equals-ignore-case" | "wildcard", _) => {
            fault(format!("{name} match pattern must be a string"))
        }
        (other, _) => fault(format!("Unrecognized match type {other}")),
    }
}

fn anything_but(operand: &Value) -> Result<Test, InvalidPattern> {
    let unwanted = match operand {
        Value::Object(object) => {
            let mut members = object.iter();
            match (members.next(), members.next()) {
                (Some((name, forms)), None) => forms_of(name, forms)?,
                _ => return fault("Only one key allowed in match expression"),
            }
        }
        Value::Array(list) => literals(list)?,
        one => literals(std::slice::from_ref(one))?,
    };
    Ok(Test::AnythingBut(unwanted))
}

/// A list of texts or of numbers, but not of both.
fn literals(list: &[Value]) -> Result<Vec<Unwanted>, InvalidPattern> {
    if list.is_empty() {
        return fault("Empty arrays are not allowed");
    }
    let unwanted: Option<Vec<Unwanted>> = list
        .iter()
        .map(|value| match value {
            Value::String(text) => Some(Unwanted::Text(text.clone())),
            Value::Number(number) => Number::of(number).map(Unwanted::Number),
            _ => None,
        })
        .collect();
    let Some(unwanted) = unwanted else {
        return fault("Value of anything-but must be an array or single string/number value.");
    };
    let texts = unwanted.iter().filter(|one| matches!(one, Unwanted::Text(_))).count();
    if texts != 0 && texts != unwanted.len() {
        return fault(
            "Inside anything but list, either all values are number or string, mixed type is not \
             supported",
        );
    }
    Ok(unwanted)
}

fn forms_of(name: &str, forms: &Value) -> Result<Vec<Unwanted>, InvalidPattern> {
    if !matches!(name, "prefix" | "suffix" | "equals-ignore-case" | "wildcard") {
        return fault(format!("Unsupported anything-but pattern: {name}"));
    }
    let list = match forms {
        Value::Array(list) if list.is_empty() => return fault("Empty arrays are not allowed"),
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    let forms = list.iter().map(|one| {
        if matches!(one, Value::String(text) if text.is_empty()) {
            return fault("Null prefix/suffix not allowed");
        }
        form(name, one).map(Unwanted::Form)
    });
    forms.collect()
}

/// Reads `[">=", 7]` or `[">", 0, "<=", 5]`.
fn numeric(operand: &Value) -> Result<Range, InvalidPattern> {
    let Some(members) = operand.as_array() else {
        return fault("Value of numeric must be an array.");
    };
    let (bounds, rest) = members.as_chunks::<2>();
    if bounds.is_empty() || bounds.len() > 2 || !rest.is_empty() {
        let last = members.last().map_or_else(|| "[]".to_owned(), Value::to_string);
        return fault(format!("Invalid member in numeric match: {last}"));
    }
    let mut range = Range { bottom: None, top: None };
    for (index, [operator, value]) in bounds.iter().enumerate() {
        let Some(value) = value.as_number().and_then(Number::of) else {
            return fault(format!("Value of numeric must be a number: {value}"));
        };
        if !value.is_in_range() {
            return fault("Value must be between -5.0E9 and 5.0E9, inclusive");
        }
        let first_of_one = index == 0 && bounds.len() == 1;
        match operator.as_str() {
            Some("=") if first_of_one => {
                range = Range { bottom: Some((value, true)), top: Some((value, true)) };
            }
            Some(">") if index == 0 => range.bottom = Some((value, false)),
            Some(">=") if index == 0 => range.bottom = Some((value, true)),
            Some("<") if first_of_one || index == 1 => range.top = Some((value, false)),
            Some("<=") if first_of_one || index == 1 => range.top = Some((value, true)),
            Some(other @ ("=" | ">" | ">=" | "<" | "<=")) => {
                return fault(format!("Bad numeric range operator: {other}"));
            }
            Some(other) => return fault(format!("Unrecognized numeric range operator: {other}")),
            None => return fault(format!("Invalid member in numeric match: {operator}")),
        }
    }
    if let (Some((bottom, _)), Some((top, _)), 2) = (range.bottom, range.top, bounds.len())
        && bottom.order(top) != Some(std::cmp::Ordering::Less)
    {
        return fault("Bottom must be less than top");
    }
    Ok(range)
}

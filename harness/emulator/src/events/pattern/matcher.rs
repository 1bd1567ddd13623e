//! Asking a pattern about an event.
//!
//! Of an array any element may match; all fields of one object of the pattern have to match in one
//! and the same element, as in the public rule engine. An object of the pattern that asks for
//! absence alone is about all elements.

use serde_json::{Map, Value};

use super::node::{Field, Form, Node, Range, Test, Unwanted};
use super::number::Number;

/// Whether what lies at a place of the event, if anything, is as the pattern has it.
pub(super) fn node(node: &Node, value: Option<&Value>) -> bool {
    match value {
        Some(Value::Object(object)) => object_matches(node, Some(object)),
        Some(Value::Array(elements)) if node.only_absence => {
            elements.iter().all(|element| self::node(node, Some(element)))
        }
        Some(Value::Array(elements)) if !elements.is_empty() => {
            elements.iter().any(|element| self::node(node, Some(element)))
        }
        _ => object_matches(node, None),
    }
}

fn object_matches(pattern: &Node, object: Option<&Map<String, Value>>) -> bool {
    let of = |name: &str| object.and_then(|object| object.get(name));
    let fields = pattern.fields.iter().all(|(name, field)| match field {
        Field::Inside(inside) => node(inside, of(name)),
        Field::Leaf(tests) => leaf(tests, of(name)),
    });
    fields
        && pattern.any_of.iter().all(|alternatives| {
            alternatives.iter().any(|alternative| object_matches(alternative, object))
        })
}

/// Whether a field is as one of the tests has it.
fn leaf(tests: &[Test], value: Option<&Value>) -> bool {
    match value {
        Some(value) if has_scalar(value) => any_scalar(tests, value),
        _ => tests.contains(&Test::Absent),
    }
}

/// Objects are no values, and neither is an array without one.
fn has_scalar(value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(elements) => elements.iter().any(has_scalar),
        _ => true,
    }
}

fn any_scalar(tests: &[Test], value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(elements) => elements.iter().any(|element| any_scalar(tests, element)),
        scalar => tests.iter().any(|test| scalar_matches(test, scalar)),
    }
}

fn number(value: &Value) -> Option<Number> {
    value.as_number().and_then(Number::of)
}

fn scalar_matches(test: &Test, value: &Value) -> bool {
    match test {
        Test::Null => value.is_null(),
        Test::Bool(wanted) => value.as_bool() == Some(*wanted),
        Test::Number(wanted) => number(value) == Some(*wanted),
        Test::Text(wanted) => value.as_str() == Some(wanted),
        Test::Form(form) => value.as_str().is_some_and(|text| has_form(form, text)),
        Test::AnythingBut(unwanted) => !unwanted.iter().any(|unwanted| match unwanted {
            Unwanted::Text(text) => value.as_str() == Some(text),
            Unwanted::Number(wanted) => number(value) == Some(*wanted),
            Unwanted::Form(form) => value.as_str().is_some_and(|text| has_form(form, text)),
        }),
        Test::Range(range) => number(value).is_some_and(|number| in_range(range, number)),
        Test::Exists => true,
        Test::Absent => false,
        Test::Cidr(block) => value.as_str().is_some_and(|text| block.contains(text)),
    }
}

fn has_form(form: &Form, text: &str) -> bool {
    match form {
        Form::Prefix(prefix) => text.starts_with(prefix.as_str()),
        Form::Suffix(suffix) => text.ends_with(suffix.as_str()),
        Form::Same(folded) => folded.is(text),
        Form::SamePrefix(folded) => folded.begins(text),
        Form::SameSuffix(folded) => folded.ends(text),
        Form::Wildcard(glob) => glob.matches(text),
    }
}

fn in_range(range: &Range, number: Number) -> bool {
    let within = |bound: Option<(Number, bool)>, far: std::cmp::Ordering| {
        bound.is_none_or(|(bound, included)| {
            let order = number.order(bound);
            order == Some(far) || (included && order == Some(std::cmp::Ordering::Equal))
        })
    };
    number.is_in_range()
        && within(range.bottom, std::cmp::Ordering::Greater)
        && within(range.top, std::cmp::Ordering::Less)
}

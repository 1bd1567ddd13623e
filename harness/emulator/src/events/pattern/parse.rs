//! From a text to a pattern.

use serde_json::{Map, Value};

use super::node::{Field, Node, Test};
use super::number::Number;
use super::{COMBINATIONS_MAX, InvalidPattern, operator};

/// Reads a pattern. Of a key that is given twice the last one counts.
pub(super) fn parse(text: &str) -> Result<Node, InvalidPattern> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| InvalidPattern::new(format!("Invalid JSON: {error}")))?;
    let Value::Object(object) = value else {
        return Err(InvalidPattern::new("Filter is not an object"));
    };
    let mut combinations = 1;
    let node = node(&object, &mut combinations)?;
    Ok(node)
}

/// Reads an object; `combinations` is multiplied by what its `$or`s come to.
fn node(object: &Map<String, Value>, combinations: &mut usize) -> Result<Node, InvalidPattern> {
    if object.is_empty() {
        return Err(InvalidPattern::new("Empty objects are not allowed"));
    }
    let mut node = Node { only_absence: true, ..Node::default() };
    for (name, value) in object {
        match value {
            Value::Object(inside) => {
                let inside = self::node(inside, combinations)?;
                node.only_absence &= inside.only_absence;
                node.fields.push((name.clone(), Field::Inside(inside)));
            }
            Value::Array(alternatives) if is_or(name, alternatives) => {
                let alternatives = any_of(alternatives, combinations)?;
                node.only_absence &= alternatives.iter().all(|node| node.only_absence);
                node.any_of.push(alternatives);
            }
            Value::Array(tests) => {
                let tests = leaf(tests)?;
                node.only_absence &= tests.iter().all(|test| *test == Test::Absent);
                node.fields.push((name.clone(), Field::Leaf(tests)));
            }
            _ => {
                return Err(InvalidPattern::new(format!(
                    "\"{name}\" must be an object or an array"
                )));
            }
        }
    }
    Ok(node)
}

/// Whether this is a `$or` of alternatives, and not a field of that name: at least two objects,
/// none of which is an operator.
fn is_or(name: &str, alternatives: &[Value]) -> bool {
    name == "$or"
        && alternatives.len() >= 2
        && alternatives.iter().all(|alternative| {
            alternative.as_object().is_some_and(|object| {
                !object.keys().any(|key| operator::NAMES.contains(&key.as_str()))
            })
        })
}

fn any_of(alternatives: &[Value], combinations: &mut usize) -> Result<Vec<Node>, InvalidPattern> {
    let mut sum = 0_usize;
    let mut nodes = Vec::with_capacity(alternatives.len());
    for alternative in alternatives.iter().filter_map(Value::as_object) {
        let mut own = 1;
        nodes.push(node(alternative, &mut own)?);
        sum = sum.saturating_add(own);
    }
    *combinations = combinations.saturating_mul(sum);
    if *combinations > COMBINATIONS_MAX {
        return Err(InvalidPattern::new(format!(
            "$or multiplies into more than {COMBINATIONS_MAX} rule combinations"
        )));
    }
    Ok(nodes)
}

fn leaf(tests: &[Value]) -> Result<Vec<Test>, InvalidPattern> {
    if tests.is_empty() {
        return Err(InvalidPattern::new("Empty arrays are not allowed"));
    }
    tests
        .iter()
        .map(|test| match test {
            Value::Null => Ok(Test::Null),
            Value::Bool(wanted) => Ok(Test::Bool(*wanted)),
            Value::Number(number) => Number::of(number)
                .map(Test::Number)
                .ok_or_else(|| InvalidPattern::new(format!("Malformed number: {number}"))),
            Value::String(text) => Ok(Test::Text(text.clone())),
            Value::Object(object) => operator::test(object),
            Value::Array(_) => {
                Err(InvalidPattern::new("Match value must be String, number, true, false, or null"))
            }
        })
        .collect()
}

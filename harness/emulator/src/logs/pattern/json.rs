//! JSON patterns over events.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::ast::{Expr, Op, Operand, number};

/// A pattern over the fields of JSON events.
#[derive(Debug, Clone)]
pub(super) struct JsonPattern {
    expr: Expr<Condition>,
    regexes: usize,
}

/// One condition: a place in the event, and what has to be there.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) selector: Selector,
    pub(super) test: Test,
}

/// What has to be at the place.
#[derive(Debug, Clone)]
pub(super) enum Test {
    Compare(Op, Operand),
    IsNull,
    Is(bool),
    NotExists,
}

/// A place in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selector {
    pub(super) steps: Vec<Step>,
}

/// One step down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The member of this name of an object.
    Member(String),
    /// The element of this index of an array.
    Index(usize),
    /// `[*]`: all elements of an array, or all members of an object.
    Elements,
    /// `.*`: all members of an object.
    Members,
}

impl Selector {
    pub(super) fn wildcards(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Elements | Step::Members)).count()
    }
}

impl JsonPattern {
    pub(super) fn new(expr: Expr<Condition>, regexes: usize) -> Self {
        Self { expr, regexes }
    }

    pub(super) fn regexes(&self) -> usize {
        self.regexes
    }

    /// Whether the event is a JSON object that satisfies the conditions.
    pub(super) fn matches(&self, message: &str) -> bool {
        // Most events that are no objects are found out by their first character.
        if !message.trim_start().starts_with('{') {
            return false;
        }
        // Reading the whole event as one raw value proves that it is JSON from end to end.
        let Ok(event) = serde_json::from_str::<&RawValue>(message) else { return false };
        self.expr.holds(&|condition| condition.holds(event.get()))
    }
}

impl Condition {
    fn holds(&self, event: &str) -> bool {
        let mut found = false;
        let satisfied = walk(event, &self.selector.steps, &mut |value| {
            found = true;
            self.test.holds(value)
        });
        match self.test {
            Test::NotExists => !found,
            _ => satisfied,
        }
    }
}

/// Goes down from `value`; true as soon as `test` holds for one of the places that are reached.
fn walk(value: &str, steps: &[Step], test: &mut impl FnMut(&str) -> bool) -> bool {
    let Some((step, rest)) = steps.split_first() else { return test(value) };
    match (step, value.as_bytes().first()) {
        (Step::Member(name), Some(b'{')) => {
            member(value, name).is_some_and(|inner| walk(inner, rest, test))
        }
        (Step::Index(index), Some(b'[')) => {
            elements(value).get(*index).is_some_and(|inner| walk(inner, rest, test))
        }
        (Step::Elements, Some(b'[')) => {
            elements(value).into_iter().any(|inner| walk(inner, rest, test))
        }
        (Step::Elements | Step::Members, Some(b'{')) => {
            members(value).into_iter().any(|inner| walk(inner, rest, test))
        }
        _ => false,
    }
}

impl Test {
    /// Whether it holds for a value, given as its JSON text.
    fn holds(&self, value: &str) -> bool {
        match self {
            Self::Compare(op, operand) => compare(*op, operand, value),
            Self::IsNull => {
                value == "null" || (value.starts_with('[') && elements(value).contains(&"null"))
            }
            Self::Is(expected) => value == if *expected { "true" } else { "false" },
            Self::NotExists => false,
        }
    }
}

/// Only strings and numbers are compared; a number is one to a bare number, and its own text to
/// everything else.
fn compare(op: Op, operand: &Operand, value: &str) -> bool {
    let bare_number = match operand {
        Operand::Literal(literal) if !literal.quoted => literal.number.map(|n| (n, literal)),
        _ => None,
    };
    let is_string = value.starts_with('"');
    if !is_string && !value.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
        return false;
    }
    match (bare_number, is_string) {
        (Some((expected, _)), false) => {
            number(value).is_some_and(|actual| op.numbers(actual, expected))
        }
        (Some((_, literal)), true) => string(value).is_some_and(|s| op.alike(s == literal.text)),
        (None, false) => op.alike(operand.matches(value)),
        (None, true) => string(value).is_some_and(|s| op.alike(operand.matches(&s))),
    }
}

fn string(value: &str) -> Option<Cow<'_, str>> {
    serde_json::from_str::<BorrowedText<'_>>(value).ok().map(|text| text.0)
}

/// Text that is borrowed from the event unless it has escapes in it.
#[derive(Deserialize)]
#[serde(transparent)]
struct BorrowedText<'a>(#[serde(borrow)] Cow<'a, str>);

fn elements(value: &str) -> Vec<&str> {
    let elements: Vec<&RawValue> = serde_json::from_str(value).unwrap_or_default();
    elements.into_iter().map(RawValue::get).collect()
}

/// The member of this name; the last one when there are several.
fn member<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    let mut reader = serde_json::Deserializer::from_str(value);
    reader.deserialize_map(LastMember { name }).ok()?
}

/// The values of all members. Of members of the same name only the last counts.
fn members(value: &str) -> Vec<&str> {
    let mut reader = serde_json::Deserializer::from_str(value);
    reader.deserialize_map(AllMembers).unwrap_or_default()
}

struct LastMember<'n> {
    name: &'n str,
}

impl<'de> Visitor<'de> for LastMember<'_> {
    type Value = Option<&'de str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(BorrowedText(key)) = map.next_key()? {
            if key == self.name {
                found = Some(map.next_value::<&RawValue>()?.get());
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

struct AllMembers;

impl<'de> Visitor<'de> for AllMembers {
    type Value = Vec<&'de str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found: Vec<(Cow<'de, str>, &'de str)> = Vec::new();
        while let Some((BorrowedText(key), value)) = map.next_entry::<_, &RawValue>()? {
            found.retain(|(other, _)| *other != key);
            found.push((key, value.get()));
        }
        Ok(found.into_iter().map(|(_, value)| value).collect())
    }
}

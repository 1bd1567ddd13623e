//! Laws of the pattern language.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::Pattern;

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-20_i64..20).prop_map(Value::from),
        "[ab*\\\\]{0,4}".prop_map(Value::from),
    ]
}

fn event() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![scalar(), prop::collection::vec(scalar(), 0..3).prop_map(Value::from)];
    let object = prop::collection::btree_map("[abc]", leaf, 0..4)
        .prop_map(|map| Value::Object(map.into_iter().collect()));
    prop::collection::btree_map("[abc]", prop_oneof![scalar(), object], 0..4)
        .prop_map(|map| Value::Object(map.into_iter().collect()))
}

/// Whether `pattern` admits `value` as the field `f`.
fn admits(test: &Value, value: &Value) -> bool {
    let pattern = Pattern::parse(&json!({ "f": [test] }).to_string()).expect("a pattern");
    pattern.matches(&json!({ "f": value }))
}

/// A wildcard, character by character.
fn glob(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['*', rest @ ..] => (0..=text.len()).any(|at| glob(rest, &text[at..])),
        [first, rest @ ..] => text.first() == Some(first) && glob(rest, &text[1..]),
    }
}

proptest! {
    #[test]
    fn a_scalar_matches_itself_and_not_anything_but_itself(value in scalar()) {
        prop_assert!(admits(&value, &value));
        if value.is_string() || value.is_number() {
            let other = json!({ "anything-but": value });
            prop_assert!(!admits(&other, &value));
        }
    }

    #[test]
    fn existence_and_absence_are_opposites(event in event(), name in "[abc]") {
        let exists = Pattern::parse(&json!({ &name: [{ "exists": true }] }).to_string()).expect("p");
        let absent = Pattern::parse(&json!({ &name: [{ "exists": false }] }).to_string()).expect("p");
        prop_assert_ne!(exists.matches(&event), absent.matches(&event));
    }

    #[test]
    fn an_or_is_any_of_its_alternatives(event in event(), one in scalar(), other in scalar()) {
        let (one, other) = (json!({ "a": [one] }), json!({ "b": [other] }));
        let alone = |p: &Value| Pattern::parse(&p.to_string()).expect("p").matches(&event);
        let either = json!({ "$or": [one, other] });
        prop_assert_eq!(alone(&either), alone(&one) || alone(&other));
    }

    #[test]
    fn more_fields_never_match_more(event in event(), one in scalar(), other in scalar()) {
        let less = Pattern::parse(&json!({ "a": [one] }).to_string()).expect("p");
        let more = Pattern::parse(&json!({ "a": [one], "b": [other] }).to_string()).expect("p");
        prop_assert!(!more.matches(&event) || less.matches(&event));
    }

    #[test]
    fn wildcards_are_what_they_are_character_by_character(
        pieces in prop::collection::vec("[ab]{1,2}", 0..4),
        begins in any::<bool>(),
        ends in any::<bool>(),
        text in "[ab]{0,8}",
    ) {
        let middle = pieces.join("*");
        let (front, back) = (if begins { "*" } else { "" }, if ends && !middle.is_empty() { "*" } else { "" });
        let pattern = format!("{front}{middle}{back}");
        let expected = glob(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
        prop_assert_eq!(admits(&json!({ "wildcard": pattern }), &json!(text)), expected);
    }

    #[test]
    fn any_text_is_a_pattern_or_is_refused(text in ".{0,40}") {
        let _ = Pattern::parse(&text);
    }
}

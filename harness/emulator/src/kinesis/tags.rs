//! Tags of streams (kinesis reference, AddTagsToStream).

use std::collections::BTreeMap;

use super::stream::Stream;
use super::target::invalid_argument;
use crate::kernel::{ServiceError, Validation};

/// The tags that one stream may have; AWS's sentence once said 10, its quota is 50.
pub(super) const TAGS_MAX: usize = 50;

/// Checks the shape of a map of tags.
pub(super) fn check_shape(validation: &mut Validation, tags: &BTreeMap<String, String>) {
    if tags.is_empty() || tags.len() > 200 {
        let constraint = if tags.is_empty() {
            "Member must have length greater than or equal to 1"
        } else {
            "Member must have length less than or equal to 200"
        };
        let pairs: Vec<String> = tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
        validation.fail("tags", &format!("{{{}}}", pairs.join(", ")), constraint);
    }
    for (key, value) in tags {
        validation.length("tags.key", key, 1, 128);
        validation.length(&format!("tags.{key}.member"), value, 0, 256);
    }
}

/// Refuses characters that tags may not have.
pub(super) fn check_characters<'a>(
    texts: impl IntoIterator<Item = &'a String>,
) -> Result<(), ServiceError> {
    let allowed = |c: char| {
        c.is_alphanumeric()
            || c.is_whitespace()
            || matches!(c, '_' | '.' | '/' | '=' | '+' | '-' | '%' | '@')
    };
    if texts.into_iter().all(|text| text.chars().all(allowed)) {
        return Ok(());
    }
    Err(invalid_argument(
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white \
         space, _ . / = + - % @.",
    ))
}

/// Adds tags to a stream, when it then has not too many.
pub(super) fn add(stream: &mut Stream, tags: BTreeMap<String, String>) -> Result<(), ServiceError> {
    let new = tags.keys().filter(|key| !stream.tags.contains_key(*key)).count();
    if stream.tags.len() + new > TAGS_MAX {
        return Err(invalid_argument(format!(
            "Failed to add tags to stream {} under account {} because a given stream cannot have \
             more than {TAGS_MAX} tags associated with it.",
            stream.name, stream.account
        )));
    }
    stream.tags.extend(tags);
    Ok(())
}

/// Checks the shape of a list of keys of tags.
pub(super) fn check_keys(validation: &mut Validation, keys: Option<&[String]>) {
    validation.required("tagKeys", keys.as_ref());
    let Some(keys) = keys else { return };
    let shown = || format!("[{}]", keys.join(", "));
    if keys.is_empty() {
        let constraint = "Member must have length greater than or equal to 1";
        validation.fail("tagKeys", &shown(), constraint);
    } else if keys.len() > 50 {
        validation.fail("tagKeys", &shown(), "Member must have length less than or equal to 50");
    }
    for (n, key) in keys.iter().enumerate() {
        validation.length(&format!("tagKeys.{}.member", n + 1), key, 1, 128);
    }
}

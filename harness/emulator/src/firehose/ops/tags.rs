//! Tags, as three operations have them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::firehose::config::invalid;
use crate::kernel::{ServiceError, Validation};

/// The tags of a delivery stream at the most.
const TAGS_MAX: usize = 50;

/// One tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// 1 to 128 characters, not beginning with `aws:`.
    pub key: Option<String>,
    /// At most 256 characters.
    pub value: Option<String>,
}

pub(super) fn validate(validation: &mut Validation, tags: &[Tag]) {
    for (number, tag) in (1..).zip(tags) {
        let path = format!("tags.{number}.member");
        validation.required(&format!("{path}.key"), tag.key.as_ref());
        if let Some(key) = &tag.key {
            validate_key(validation, &format!("{path}.key"), key);
        }
        if let Some(value) = &tag.value {
            validation.length(&format!("{path}.value"), value, 0, 256);
        }
    }
}

pub(super) fn validate_key(validation: &mut Validation, path: &str, key: &str) {
    validation.length(path, key, 1, 128);
    let reserved = key.starts_with("aws:");
    validation.pattern(path, key, r"^(?!aws:)[\p{L}\p{Z}\p{N}_.:\/=+\-@%]*$", |_| !reserved);
}

/// At most 50 tags together with those that are there, and none twice.
pub(super) fn check(tags: &[Tag], others: usize) -> Result<(), ServiceError> {
    let keys: std::collections::BTreeSet<_> = tags.iter().map(|tag| &tag.key).collect();
    if keys.len() < tags.len() {
        return Err(invalid("A tag key is given more than once"));
    }
    if others + keys.len() > TAGS_MAX {
        return Err(ServiceError::client(
            "LimitExceededException",
            format!("A delivery stream can have at most {TAGS_MAX} tags"),
        ));
    }
    Ok(())
}

pub(super) fn map(tags: Vec<Tag>) -> BTreeMap<String, String> {
    tags.into_iter()
        .map(|tag| (tag.key.unwrap_or_default(), tag.value.unwrap_or_default()))
        .collect()
}

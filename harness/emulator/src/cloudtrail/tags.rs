//! Tags of trails.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::trail_not_found;
use super::name::key_of_arn;
use super::trail::TrailKey;
use crate::kernel::{Caller, ServiceError, World};

/// The most tags of a trail.
const TAGS_MAX: usize = 50;

/// A tag, as it is given and answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Tag {
    /// 1 to 128 characters.
    pub key: String,
    /// At most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Whether these tags may be given.
///
/// # Errors
/// `InvalidTagParameterException`.
pub(super) fn check(tags: &[Tag]) -> Result<(), ServiceError> {
    let refused =
        |message: String| Err(ServiceError::client("InvalidTagParameterException", message));
    for (place, Tag { key, value }) in tags.iter().enumerate() {
        let length = key.chars().count();
        if !(1..=128).contains(&length) || value.as_ref().is_some_and(|v| v.chars().count() > 256) {
            return refused(format!(
                "Tag {key}: a key has to have 1 to 128 characters, a value at most 256."
            ));
        }
        if key.starts_with("aws:") {
            return refused(format!("Tag {key}: keys cannot begin with aws:."));
        }
        if tags.get(..place).unwrap_or_default().iter().any(|other| other.key == *key) {
            return refused(format!("Tag {key} is given more than once."));
        }
    }
    Ok(())
}

/// Adds tags that were checked, when there are not too many then.
///
/// # Errors
/// `TagsLimitExceededException`.
pub(super) fn add(tags: &mut BTreeMap<String, String>, more: Vec<Tag>) -> Result<(), ServiceError> {
    let new = more.iter().filter(|tag| !tags.contains_key(&tag.key)).count();
    if tags.len() + new > TAGS_MAX {
        return Err(ServiceError::client(
            "TagsLimitExceededException",
            format!("A trail can have {TAGS_MAX} tags."),
        ));
    }
    tags.extend(more.into_iter().map(|tag| (tag.key, tag.value.unwrap_or_default())));
    Ok(())
}

/// The caller's trail of this ARN: the operations on tags take no name.
///
/// # Errors
/// `CloudTrailARNInvalidException`, `ResourceTypeNotSupportedException`, `TrailNotFoundException`.
pub(super) fn trail(
    world: &World,
    caller: &Caller,
    resource_id: &str,
) -> Result<TrailKey, ServiceError> {
    let kinds = ["eventdatastore/", "channel/", "dashboard/"];
    let resource = crate::kernel::ArnParts::split(resource_id).map_or("", |parts| parts.resource);
    if kinds.iter().any(|kind| resource.starts_with(kind)) {
        let message = format!("Only trails are emulated here, not {resource_id}.");
        return Err(ServiceError::client("ResourceTypeNotSupportedException", message));
    }
    let key = key_of_arn(resource_id)?;
    if key.account == caller.account && world.cloudtrail.trails.contains_key(&key) {
        return Ok(key);
    }
    Err(trail_not_found(resource_id, caller.account))
}

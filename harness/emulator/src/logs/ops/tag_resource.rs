//! TagResource.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, World};
use crate::logs::error::invalid;
use crate::logs::tags::tags_of;

/// The most tags of one resource.
const TAGS_MAX: usize = 50;

/// What TagResource reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// A log group or a destination.
    pub resource_arn: Option<String>,
    /// The tags; a key that is there gets the new value.
    pub tags: Option<BTreeMap<String, String>>,
}

/// Sets tags.
///
/// # Errors
/// `InvalidParameterException`, `TooManyTagsException`, `ResourceNotFoundException`,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let Some(new) = input.tags.filter(|tags| !tags.is_empty()) else {
        return Err(invalid("tags must have at least one tag."));
    };
    let tags = tags_of(world, caller, "logs:TagResource", input.resource_arn.as_ref())?;
    let mut all = tags.clone();
    all.extend(new);
    if all.len() > TAGS_MAX {
        return Err(ServiceError::client(
            "TooManyTagsException",
            format!("A resource can have no more than {TAGS_MAX} tags."),
        ));
    }
    *tags = all;
    world.trace("tag", input.resource_arn.as_deref().unwrap_or_default(), b"");
    Ok(())
}

//! AddTags.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Form, domain_of_arn};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// The most tags of a domain.
const TAGS_MAX: usize = 50;

/// Adds tags to a domain.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    _form: Form,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Map<String, Value> = request.json()?;
    let tags = read_tags(input.get("TagList").unwrap_or(&Value::Null))?;
    let arn = input.get("ARN").and_then(Value::as_str);
    let domain = domain_of_arn(world, caller, "es:AddTags", arn)?;
    let mut all = domain.tags.clone();
    all.extend(tags);
    if all.len() > TAGS_MAX {
        return Err(ServiceError::validation(format!(
            "You can assign a maximum of {TAGS_MAX} tags to a domain"
        )));
    }
    domain.tags = all;
    Ok(WireResponse::empty(200))
}

/// Reads a `TagList`.
///
/// # Errors
/// `ValidationException` when it is no list of `Key` and `Value`.
pub(super) fn read_tags(list: &Value) -> Result<BTreeMap<String, String>, ServiceError> {
    let tag = |tag: &Value| {
        let key = tag.get("Key")?.as_str().filter(|key| (1..=128).contains(&key.len()))?;
        let value = tag.get("Value")?.as_str().filter(|value| value.len() <= 256)?;
        Some((key.to_owned(), value.to_owned()))
    };
    let tags: Option<_> = list.as_array().and_then(|tags| tags.iter().map(tag).collect());
    tags.ok_or_else(|| {
        ServiceError::validation(
            "TagList must be a list of tags, each with a Key of 1 to 128 characters and a Value of \
             up to 256",
        )
    })
}

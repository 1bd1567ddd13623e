//! Tags of EC2's resources.

use std::collections::BTreeMap;

use super::error::{invalid_value, missing};
use super::request::given;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::protocol::ec2_query::{set, structures};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Tags by their keys.
pub(super) type Tags = BTreeMap<String, String>;

/// The most tags of a resource.
const TAGS_MAX: usize = 50;
const KEY_MAX_CHARS: usize = 127;
const VALUE_MAX_CHARS: usize = 255;

/// The tags of `Tag.N`.
///
/// # Errors
/// `InvalidParameterValue`, `MissingParameter`.
pub(super) fn read(parameters: &Parameters) -> Result<Tags, ServiceError> {
    let mut tags = Tags::new();
    for tag in structures(parameters, "Tag") {
        let key = given(&tag, "Key").ok_or_else(|| missing("Tag.Key"))?;
        let value = tag.get("Value").unwrap_or_default();
        if key.starts_with("aws:") {
            return Err(invalid_value(
                "Tag keys starting with 'aws:' are reserved for internal use",
            ));
        }
        if key.chars().count() > KEY_MAX_CHARS {
            return Err(invalid_value(format!(
                "Tag key exceeds the maximum length of {KEY_MAX_CHARS} characters"
            )));
        }
        if value.chars().count() > VALUE_MAX_CHARS {
            return Err(invalid_value(format!(
                "Tag value exceeds the maximum length of {VALUE_MAX_CHARS} characters"
            )));
        }
        if tags.insert(key.to_owned(), value.to_owned()).is_some() {
            return Err(invalid_value(
                "Duplicate tag keys found. Please note that Tag keys are case \
                                      sensitive.",
            ));
        }
    }
    check_count(tags.len())?;
    Ok(tags)
}

/// Refuses more tags than a resource can have.
///
/// # Errors
/// `TagLimitExceeded`.
pub(super) fn check_count(count: usize) -> Result<(), ServiceError> {
    if count <= TAGS_MAX {
        return Ok(());
    }
    Err(ServiceError::client("TagLimitExceeded", "The maximum number of tags has been reached."))
}

/// The tags that `TagSpecification.N` gives to a new resource of this kind.
///
/// # Errors
/// `InvalidParameterValue`, `MissingParameter`, `TagLimitExceeded`.
pub(super) fn specified(parameters: &Parameters, kind: &str) -> Result<Tags, ServiceError> {
    let mut all = Tags::new();
    for specification in structures(parameters, "TagSpecification") {
        let named = given(&specification, "ResourceType")
            .ok_or_else(|| missing("TagSpecification.ResourceType"))?;
        if named != kind {
            return Err(invalid_value(format!(
                "'{named}' is not a valid taggable resource type for this operation."
            )));
        }
        all.extend(read(&specification)?);
    }
    check_count(all.len())?;
    Ok(all)
}

/// The same question with what the request says of tags: `aws:RequestTag/…` and `aws:TagKeys`.
pub(super) fn asked_with<'a>(mut access: Access<'a>, tags: &Tags) -> Access<'a> {
    if tags.is_empty() {
        return access;
    }
    access.context = access.context.with_list("aws:TagKeys", tags.keys().cloned());
    for (key, value) in tags {
        access = access.with(&format!("aws:RequestTag/{key}"), value.as_str());
    }
    access
}

/// Whether the caller may make this kind of resource with these tags: tags need `ec2:CreateTags`
/// beside the operation itself.
///
/// # Errors
/// `AccessDeniedException`.
pub(super) fn authorize_creation(
    world: &mut World,
    caller: &Caller,
    operation: &str,
    arn: &str,
    tags: &Tags,
) -> Result<(), ServiceError> {
    let action = format!("ec2:{operation}");
    world.authorize(caller, asked_with(Access::to(&action, arn), tags))?;
    if tags.is_empty() {
        return Ok(());
    }
    let tagging = Access::to("ec2:CreateTags", arn).with("ec2:CreateAction", operation);
    world.authorize(caller, asked_with(tagging, tags))
}

/// `tagSet`.
pub(super) fn element(tags: Option<&Tags>) -> Element {
    set("tagSet", tags.into_iter().flatten().map(|(key, value)| pair(key, value)))
}

fn pair(key: &str, value: &str) -> Element {
    Element::new("item").child(Element::text("key", key)).child(Element::text("value", value))
}

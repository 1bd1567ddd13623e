//! Tags of rules and event buses.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bus::BusKey;
use super::error::{invalid, no_rule};
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// The most tags of one resource.
const TAGS_MAX: usize = 50;

/// A tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Tag {
    /// 1 to 128 characters.
    pub key: Option<String>,
    /// 0 to 256 characters.
    pub value: Option<String>,
}

/// Checks the shape of tags.
pub(super) fn check(validation: &mut Validation, tags: &[Tag]) {
    for (place, tag) in tags.iter().enumerate() {
        let path = |name: &str| format!("tags.{}.member.{name}", place + 1);
        validation.required(&path("key"), tag.key.as_ref());
        validation.length(&path("key"), tag.key.as_deref().unwrap_or("-"), 1, 128);
        validation.required(&path("value"), tag.value.as_ref());
        validation.length(&path("value"), tag.value.as_deref().unwrap_or_default(), 0, 256);
    }
}

/// The tags as a map.
pub(super) fn map(tags: Vec<Tag>) -> BTreeMap<String, String> {
    tags.into_iter()
        .map(|tag| (tag.key.unwrap_or_default(), tag.value.unwrap_or_default()))
        .collect()
}

/// Adds tags to those that are there.
pub(super) fn add(all: &mut BTreeMap<String, String>, tags: Vec<Tag>) -> Result<(), ServiceError> {
    let mut new = all.clone();
    new.extend(map(tags));
    if new.len() > TAGS_MAX {
        return Err(super::error::limit_exceeded(format!(
            "A resource can have no more than {TAGS_MAX} tags."
        )));
    }
    *all = new;
    Ok(())
}

/// The tags of the rule or bus of this ARN, once the policies allow `action`.
pub(super) fn of<'w>(
    world: &'w mut World,
    caller: &Caller,
    action: &str,
    resource: Option<&String>,
) -> Result<&'w mut BTreeMap<String, String>, ServiceError> {
    let mut validation = Validation::new();
    validation.required("resourceARN", resource);
    validation.finish()?;
    let text = resource.map(String::as_str).unwrap_or_default();
    world.authorize(caller, Access::to(action, text))?;
    if let Some(bus) = BusKey::from_arn(text) {
        return world.bus_mut(&bus).map(|bus| &mut bus.tags);
    }
    let Some((bus, rule)) = BusKey::from_rule_arn(text) else {
        return Err(invalid(format!(
            "Parameter {text} is not valid. Reason: Provided Arn is not in correct format."
        )));
    };
    let found = world.bus_mut(&bus)?.rules.get_mut(rule);
    found.map(|found| &mut Arc::make_mut(found).tags).ok_or_else(|| no_rule(rule, &bus.name))
}

//! The tags of log groups and destinations.

use std::collections::BTreeMap;

use super::error::{invalid, not_found};
use super::{DestinationKey, GroupKey};
use crate::kernel::{Access, Caller, ServiceError, World};

/// The tags of the resource that `resource_arn` names, after the policies allowed `action` on it.
pub(crate) fn tags_of<'w>(
    world: &'w mut World,
    caller: &Caller,
    action: &str,
    resource_arn: Option<&String>,
) -> Result<&'w mut BTreeMap<String, String>, ServiceError> {
    let arn = resource_arn.map(String::as_str).unwrap_or_default();
    // Tagging is the one family of actions whose policies name a group's ARN without `:*`.
    if let Some(key) = GroupKey::from_arn(arn) {
        world.authorize(caller, Access::to(action, &key.arn()))?;
        return world.log_group_mut(&key).map(|group| &mut group.tags);
    }
    if let Some(key) = DestinationKey::from_arn(arn) {
        world.authorize(caller, Access::to(action, &key.arn()))?;
        let found = world.logs.destinations.get_mut(&key);
        return found.map(|found| &mut found.tags).ok_or_else(|| not_found("destination"));
    }
    Err(invalid(format!("resourceArn '{arn}' is not the ARN of a log group or of a destination")))
}

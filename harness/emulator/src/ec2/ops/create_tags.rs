//! CreateTags.

use std::sync::Arc;

use crate::ec2::error::{missing, no_resource};
use crate::ec2::request::dry_run;
use crate::ec2::tags;
use crate::kernel::{Access, Caller, ServiceError, World, arn};
use crate::protocol::ec2_query::list;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Hangs tags on resources, in place of those with the same keys.
///
/// # Errors
/// `MissingParameter`, `InvalidParameterValue`, `TagLimitExceeded`, `AccessDeniedException`,
/// `DryRunOperation`, and the error of a resource that is not there.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let ids = resources(world, caller, parameters)?;
    let tags = tags::read(parameters)?;
    if tags.is_empty() {
        return Err(missing("Tag"));
    }
    for (id, kind) in &ids {
        let resource = arn("ec2", &caller.region, caller.account, &format!("{kind}/{id}"));
        let access = tags::asked_with(Access::to("ec2:CreateTags", &resource), &tags);
        world.authorize(caller, access)?;
    }
    dry_run(parameters)?;
    let place = world.ec2.of(caller);
    for (id, _) in &ids {
        let old = place.tags_of(id);
        let new = tags.keys().filter(|key| old.is_none_or(|old| !old.contains_key(*key)));
        tags::check_count(old.map_or(0, tags::Tags::len) + new.count())?;
    }
    for (id, _) in ids {
        place.tags.entry(Arc::from(id)).or_default().extend(tags.clone());
    }
    Ok(None)
}

/// The resources that `ResourceId.N` names, each with its kind.
///
/// # Errors
/// `MissingParameter`, and the error of a resource that is not there.
pub(super) fn resources<'a>(
    world: &mut World,
    caller: &Caller,
    parameters: &'a Parameters,
) -> Result<Vec<(&'a str, &'static str)>, ServiceError> {
    let ids = list(parameters, "ResourceId");
    if ids.is_empty() {
        return Err(missing("ResourceId"));
    }
    let place = world.ec2.of(caller);
    ids.into_iter()
        .map(|id| place.kind(id).map(|kind| (id, kind)).ok_or_else(|| no_resource(id)))
        .collect()
}

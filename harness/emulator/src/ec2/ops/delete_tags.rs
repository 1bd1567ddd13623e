//! DeleteTags.

use super::create_tags::resources;
use crate::ec2::request::{dry_run, given};
use crate::kernel::{Access, Caller, ServiceError, World, arn};
use crate::protocol::ec2_query::structures;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Takes tags away: by key, by key and value, or all of them.
///
/// # Errors
/// `MissingParameter`, `AccessDeniedException`, `DryRunOperation`, and the error of a resource
/// that is not there.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let ids = resources(world, caller, parameters)?;
    for (id, kind) in &ids {
        let resource = arn("ec2", &caller.region, caller.account, &format!("{kind}/{id}"));
        world.authorize(caller, Access::to("ec2:DeleteTags", &resource))?;
    }
    dry_run(parameters)?;
    let given_tags = structures(parameters, "Tag");
    let goes = |key: &str, value: &str| {
        given_tags.is_empty()
            || given_tags.iter().any(|tag| {
                given(tag, "Key") == Some(key)
                    && tag.get("Value").is_none_or(|wanted| wanted == value)
            })
    };
    let place = world.ec2.of(caller);
    for (id, _) in ids {
        if let Some(tags) = place.tags.get_mut(id) {
            tags.retain(|key, value| !goes(key, value));
        }
    }
    Ok(None)
}

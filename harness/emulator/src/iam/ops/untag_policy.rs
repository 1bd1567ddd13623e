//! `UntagPolicy`.

use crate::iam::read::Shape;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::policy::Context;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::delete_policy::own;

/// Takes tags off a managed policy; keys that it has not are ignored.
///
/// # Errors
/// `ValidationError`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let arn = shape.policy_arn();
    let keys = shape.keys("TagKeys");
    shape.finish()?;
    let context = Context::new().with_list("aws:TagKeys", keys.iter().copied());
    world.authorize(caller, Access { context, ..Access::to("iam:UntagPolicy", arn) })?;
    let policy = own(world, arn)?;
    keys.iter().for_each(|key| policy.tags.remove(key));
    world.trace("untagged", arn, b"");
    Ok(None)
}

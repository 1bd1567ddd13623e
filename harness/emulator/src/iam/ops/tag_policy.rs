//! `TagPolicy`.

use crate::iam::read::Shape;
use crate::iam::shared::tagging::add;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::policy::Context;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::delete_policy::own;

/// Tags a managed policy.
///
/// # Errors
/// `ValidationError`, `InvalidInput`, `NoSuchEntity`, `LimitExceeded`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let arn = shape.policy_arn();
    let tags = shape.tags();
    shape.finish()?;
    let context = tags.tell_request(Context::new());
    world.authorize(caller, Access { context, ..Access::to("iam:TagPolicy", arn) })?;
    add(&mut own(world, arn)?.tags, &tags, "Policy")?;
    world.trace("tagged", arn, b"");
    Ok(None)
}

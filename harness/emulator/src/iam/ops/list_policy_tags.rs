//! `ListPolicyTags`.

use crate::iam::access::check_policy;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::shared::tagging::listed;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the tags of a managed policy.
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
    let page = shape.page();
    shape.finish()?;
    check_policy(world, caller, "iam:ListPolicyTags", arn)?;
    let policy = world.iam.managed(arn).ok_or_else(|| error::no_policy(arn))?;
    Ok(Some(listed(&page, &policy.tags)))
}

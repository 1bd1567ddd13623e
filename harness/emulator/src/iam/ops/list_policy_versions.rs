//! `ListPolicyVersions`.

use crate::iam::access::check_policy;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::view;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the versions of a managed policy, the newest first.
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
    check_policy(world, caller, "iam:ListPolicyVersions", arn)?;
    let policy = world.iam.managed(arn).ok_or_else(|| error::no_policy(arn))?;
    let versions = policy.versions.keys().rev().filter_map(|&number| {
        // The key grows from the newest to the oldest.
        Some((format!("{:010}", u32::MAX - number), view::version(policy, number, false)?))
    });
    Ok(Some(page.list(Element::new("Result"), "Versions", versions)))
}

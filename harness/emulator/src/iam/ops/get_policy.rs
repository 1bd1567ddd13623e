//! `GetPolicy`.

use crate::iam::access::check_policy;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Describes a managed policy of the account or of AWS.
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
    shape.finish()?;
    check_policy(world, caller, "iam:GetPolicy", arn)?;
    let policy = world.iam.managed(arn).ok_or_else(|| error::no_policy(arn))?;
    let answer = view::policy(&world.iam, caller.account, policy, Detail::Whole);
    Ok(Some(Element::new("Result").child(answer)))
}

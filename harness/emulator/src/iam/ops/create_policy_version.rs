//! `CreatePolicyVersion`.

use crate::iam::access::check_policy;
use crate::iam::error;
use crate::iam::managed::PolicyVersion;
use crate::iam::read::Shape;
use crate::iam::view;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::create_policy::read;
use super::delete_policy::own;

/// How many versions a managed policy may have.
const VERSIONS_MAX: usize = 5;

/// Adds a version to a managed policy, and puts it in force when that is asked for.
///
/// # Errors
/// `ValidationError`, `MalformedInput`, `NoSuchEntity`, `MalformedPolicyDocument`,
/// `LimitExceeded`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let arn = shape.policy_arn();
    let text = shape.document("PolicyDocument");
    let is_default = shape.boolean("SetAsDefault");
    shape.finish()?;
    check_policy(world, caller, "iam:CreatePolicyVersion", arn)?;
    let now = world.now;
    let policy = own(world, arn)?;
    let number = policy.next;
    let document = read(&policy.name, caller.account, number, text)?;
    if policy.versions.len() >= VERSIONS_MAX {
        return Err(error::limit(
            "A managed policy can have up to 5 versions. Before you create a new version, you \
             must delete an existing version.",
        ));
    }
    policy.versions.insert(number, PolicyVersion { created: now, policy: document });
    policy.next += 1;
    policy.updated = now;
    if is_default {
        policy.default = number;
    }
    let answer = view::version(policy, number, false);
    world.trace("policy version", arn, text.as_bytes());
    Ok(Some(Element::new("Result").maybe(answer)))
}

//! `GetPolicyVersion`.

use crate::iam::access::check_policy;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::view;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Reads a version of a managed policy back, percent-encoded and byte for byte.
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
    let version = version_id(&mut shape);
    shape.finish()?;
    check_policy(world, caller, "iam:GetPolicyVersion", arn)?;
    let policy = world.iam.managed(arn).ok_or_else(|| error::no_policy(arn))?;
    let answer = view::version(policy, number(version), true);
    let answer = answer.ok_or_else(|| error::no_version(arn, version))?;
    Ok(Some(Element::new("Result").child(answer)))
}

/// `VersionId`, such as `v2`.
pub(super) fn version_id<'p>(shape: &mut Shape<'p>) -> &'p str {
    let version = shape.required("VersionId", 0, 128);
    let fits = version.strip_prefix('v').is_some_and(|number| {
        number.starts_with(|first: char| first.is_ascii_digit() && first != '0')
            && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    if !version.is_empty() && !fits {
        let pattern = r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?";
        let constraint = format!("Member must satisfy regular expression pattern: {pattern}");
        shape.fail("versionId", version, &constraint);
    }
    version
}

/// The number of a version; 0, which no version has, when it is none.
pub(super) fn number(version: &str) -> u32 {
    version.strip_prefix('v').and_then(|number| number.parse().ok()).unwrap_or(0)
}

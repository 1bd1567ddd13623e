//! `GetContextKeysForPrincipalPolicy`.

use crate::iam::access::check;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::shared::simulation::owned;
use crate::iam::view::texts;
use crate::kernel::{Caller, ServiceError, World};
use crate::policy::context_keys;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::simulate_principal_policy::{attached, source};

/// Lists the condition keys that the policies of a user, group or role ask for, and further ones.
///
/// # Errors
/// `ValidationError`, `InvalidInput`, `NoSuchEntity`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let arn = shape.required("PolicySourceArn", 20, 2_048);
    shape.finish()?;
    let (kind, name) = source(caller, arn)?;
    check(world, caller, "iam:GetContextKeysForPrincipalPolicy", kind, name)?;
    let policies = attached(world, caller, kind, name)?;
    let more = owned(parameters.list("PolicyInputList"));
    let keys = context_keys(&policies, &more).map_err(error::invalid_input)?;
    let names = texts("ContextKeyNames", keys.iter().map(String::as_str));
    Ok(Some(Element::new("Result").child(names)))
}

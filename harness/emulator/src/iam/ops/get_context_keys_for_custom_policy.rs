//! `GetContextKeysForCustomPolicy`.

use crate::iam::error;
use crate::iam::shared::simulation::owned;
use crate::iam::view::texts;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::policy::context_keys;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the condition keys that policies ask for.
///
/// # Errors
/// `InvalidInput`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    world.authorize(caller, Access::to("iam:GetContextKeysForCustomPolicy", "*"))?;
    let policies = owned(parameters.list("PolicyInputList"));
    let keys = context_keys(&[], &policies).map_err(error::invalid_input)?;
    let names = texts("ContextKeyNames", keys.iter().map(String::as_str));
    Ok(Some(Element::new("Result").child(names)))
}

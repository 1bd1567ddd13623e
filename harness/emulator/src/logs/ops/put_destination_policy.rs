//! PutDestinationPolicy.

use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::DestinationKey;
use crate::logs::destination_policy::{self, is_for_organisation};
use crate::logs::error::{finish, invalid};
use crate::logs::names::check_plain;

/// The longest policy in bytes.
const POLICY_MAX_BYTES: usize = 5120;

/// What PutDestinationPolicy reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The destination.
    pub destination_name: Option<String>,
    /// The policy: at most 5,120 bytes.
    pub access_policy: Option<String>,
    /// Whether a policy that names accounts may become one that names an organisation.
    pub force_update: Option<bool>,
}

/// Says who may subscribe to a destination.
///
/// # Errors
/// `InvalidParameterException` when there is no such destination (this operation's own code for it)
/// or AWS refuses the policy, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut check = Validation::new();
    check_plain(&mut check, "destinationName", input.destination_name.as_ref());
    check.required("accessPolicy", input.access_policy.as_ref());
    finish(check)?;
    let name = input.destination_name.unwrap_or_default();
    let text = input.access_policy.unwrap_or_default();
    if text.is_empty() || text.len() > POLICY_MAX_BYTES {
        return Err(invalid(format!(
            "The access policy has {} bytes; it has to have 1 to {POLICY_MAX_BYTES}",
            text.len()
        )));
    }
    let policy = destination_policy::parse(&name, &text)?;
    let key = DestinationKey::new(caller.account, &caller.region, &name);
    let arn = key.arn();
    world.authorize(caller, Access::to("logs:PutDestinationPolicy", &arn))?;
    let Some(destination) = world.logs.destinations.get_mut(&key) else {
        return Err(invalid(format!("Destination with name {name} does not exist")));
    };
    let narrowed = destination
        .policy_text
        .as_deref()
        .is_some_and(|old| !is_for_organisation(old) && is_for_organisation(&text));
    if narrowed && !input.force_update.unwrap_or_default() {
        return Err(invalid(
            "Cannot update existing policy on Subscription Destination. Set forceUpdate to replace \
             a policy that names accounts by one that names an organization.",
        ));
    }
    destination.policy = Some(policy);
    destination.policy_text = Some(text.clone());
    world.trace("put destination policy", &arn, text.as_bytes());
    Ok(())
}

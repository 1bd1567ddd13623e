//! DeleteDestination.

use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::DestinationKey;
use crate::logs::error::{finish, not_found};
use crate::logs::names::check_plain;

/// What DeleteDestination reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The destination.
    pub destination_name: Option<String>,
}

/// Removes a destination; filters that point at it stay and deliver no more.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut check = Validation::new();
    check_plain(&mut check, "destinationName", input.destination_name.as_ref());
    finish(check)?;
    let name = input.destination_name.unwrap_or_default();
    let key = DestinationKey::new(caller.account, &caller.region, &name);
    let arn = key.arn();
    world.authorize(caller, Access::to("logs:DeleteDestination", &arn))?;
    world.logs.destinations.remove(&key).ok_or_else(|| not_found("destination"))?;
    world.trace("delete destination", &arn, b"");
    Ok(())
}

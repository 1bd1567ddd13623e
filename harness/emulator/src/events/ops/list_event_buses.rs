//! ListEventBuses.

use serde::{Deserialize, Serialize};

use super::describe_event_bus;
use crate::events::bus::BusKey;
use crate::events::page;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// Which buses.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// With what their names begin.
    pub name_prefix: Option<String>,
    /// The token of the page before.
    pub next_token: Option<String>,
    /// How many at the most: 1 to 100.
    pub limit: Option<i64>,
}

/// A page of buses, by name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The buses.
    pub event_buses: Vec<describe_event_bus::Output>,
    /// The token of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Lists the caller's buses in the Region.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    let limit = page::limit(&mut validation, input.limit);
    validation.finish()?;
    world.authorize(caller, Access::to("events:ListEventBuses", "*"))?;
    // The default bus is there in every account.
    world.bus_mut(&BusKey::default_of(caller.account, &caller.region))?;
    let prefix = input.name_prefix.unwrap_or_default();
    let buses = world.events.buses.iter().filter(|(key, _)| {
        key.account == caller.account
            && key.region == caller.region
            && key.name.starts_with(&prefix)
    });
    let buses =
        buses.map(|(key, bus)| (key.name.clone(), describe_event_bus::Output::of(key, bus)));
    let (event_buses, next_token) = page::page(buses, input.next_token.as_ref(), limit)?;
    Ok(Output { event_buses, next_token })
}

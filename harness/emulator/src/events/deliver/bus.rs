//! Onto another event bus, of another account or Region or of one's own.

use super::{Parcel, streams};
use crate::events::bus::BusKey;
use crate::events::route::{Arriving, route};
use crate::events::rule::Rule;
use crate::events::target::Target;
use crate::kernel::{Access, Caller, ServiceError, World};

/// From how many buses an event may have come; AWS does not pass on what was passed on to it.
const HOPS_MAX: u32 = 1;

/// Puts the event on another bus: in the target's role, or as the rule's account when it has none.
/// The bus's policy decides when it is another account's.
pub(super) fn forward(
    world: &mut World,
    bus: &BusKey,
    rule: &Rule,
    target: &Target,
    other: &BusKey,
    parcel: &Parcel,
) -> Result<(), ServiceError> {
    if parcel.hops >= HOPS_MAX {
        return Err(ServiceError::client(
            "EventBusHopLimit",
            format!("an event that came from another bus is not passed on to {}", other.arn()),
        ));
    }
    let caller = if target.given.role_arn.is_some() {
        streams::role(world, bus, rule, target)?
    } else {
        Caller::root(bus.account, bus.region.clone())
    };
    world.authorize(&caller, Access::to("events:PutEvents", &other.arn()))?;
    world.bus_mut(other)?;
    let event = serde_json::from_str(&parcel.text)
        .map_err(|error| ServiceError::client("InvalidEvent", error.to_string()))?;
    let arriving =
        Arriving { text: &parcel.text, event: &event, at: parcel.at, hops: parcel.hops + 1 };
    route(world, other, &arriving);
    Ok(())
}

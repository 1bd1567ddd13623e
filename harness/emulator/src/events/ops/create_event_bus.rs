//! CreateEventBus.

use serde::{Deserialize, Serialize};

use crate::events::bus::{Bus, BusKey, check_bus};
use crate::events::error::{invalid, limit_exceeded};
use crate::events::{Tag, tags};
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// A custom bus.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// Its name: 1 to 256 characters, not `default`.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its tags.
    pub tags: Option<Vec<Tag>>,
    /// Not offered: a bus of a partner.
    pub event_source_name: Option<String>,
}

/// Which bus it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Its ARN.
    pub event_bus_arn: String,
}

/// Makes a custom bus.
///
/// # Errors
/// `ValidationException`, `ResourceAlreadyExistsException`, `LimitExceededException`,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    validation.required("name", input.name.as_ref());
    check_bus(&mut validation, "name", input.name.as_deref());
    validation.length("name", input.name.as_deref().unwrap_or("-"), 1, 256);
    tags::check(&mut validation, input.tags.as_deref().unwrap_or_default());
    validation.finish()?;
    let name = input.name.unwrap_or_default();
    if name.contains('/') || name.starts_with("arn:") {
        return Err(invalid("Event bus name must not contain '/'."));
    }
    if input.event_source_name.is_some() {
        return Err(invalid("EventSourceName is not supported by this emulator; leave it out."));
    }
    let key = BusKey { account: caller.account, region: caller.region.clone(), name };
    world.authorize(caller, Access::to("events:CreateEventBus", &key.arn()))?;
    let mut own = 0;
    for other in world.events.buses.keys() {
        own += usize::from(
            other.account == key.account && other.region == key.region && other.name != "default",
        );
    }
    if key.name == "default" || world.events.buses.contains_key(&key) {
        return Err(ServiceError::client(
            "ResourceAlreadyExistsException",
            format!("Event bus {} already exists.", key.name),
        ));
    }
    if own >= world.settings.events.buses_per_region {
        return Err(limit_exceeded("The requested resource exceeds the maximum number allowed."));
    }
    let bus = Bus {
        description: input.description,
        created: world.now,
        modified: world.now,
        tags: tags::map(input.tags.unwrap_or_default()),
        ..Bus::default()
    };
    let event_bus_arn = key.arn();
    world.events.buses.insert(key, bus);
    world.trace("events.bus", &event_bus_arn, b"");
    Ok(Output { event_bus_arn })
}

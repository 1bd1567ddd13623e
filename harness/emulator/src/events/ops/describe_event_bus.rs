//! DescribeEventBus.

use serde::{Deserialize, Serialize};

use crate::events::bus::{Bus, BusKey, DEFAULT_BUS, check_bus, named};
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// Which bus.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// Its name or ARN; the default one when absent.
    pub name: Option<String>,
}

/// A bus as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its policy, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// When it was made, in epoch seconds; the default one does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_time: Option<f64>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified_time: Option<f64>,
}

impl Output {
    /// The bus as it is told of.
    pub(in crate::events) fn of(key: &BusKey, bus: &Bus) -> Self {
        let custom = key.name != DEFAULT_BUS;
        Self {
            name: key.name.clone(),
            arn: key.arn(),
            description: bus.description.clone(),
            policy: bus.policy_text(),
            creation_time: custom.then(|| bus.created.epoch_seconds()),
            last_modified_time: custom.then(|| bus.modified.epoch_seconds()),
        }
    }
}

/// Describes a bus.
///
/// # Errors
/// `ValidationException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    check_bus(&mut validation, "name", input.name.as_deref());
    validation.finish()?;
    let key = named(caller, input.name.as_deref());
    world.authorize(caller, Access::to("events:DescribeEventBus", &key.arn()))?;
    Ok(Output::of(&key, world.bus_mut(&key)?))
}

//! The operations, one file each, and what several of them share.

pub mod add_tags;
pub mod create_trail;
pub mod delete_trail;
pub mod describe_trails;
pub mod get_event_selectors;
pub mod get_trail;
pub mod get_trail_status;
pub mod list_public_keys;
pub mod list_tags;
pub mod list_trails;
pub mod lookup_events;
pub mod put_event_selectors;
pub mod remove_tags;
pub mod start_logging;
pub mod stop_logging;
pub mod update_trail;

mod describe;

pub use super::tags::Tag;
pub use describe::{TrailDescription, TrailSettings};

use serde::{Deserialize, Serialize};

use super::name;
use super::trail::TrailKey;
use crate::kernel::{Access, Caller, ServiceError, World};

/// A trail by its name or ARN.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct NamedInput {
    /// The name or the ARN.
    pub name: Option<String>,
}

/// An answer without members.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Empty {}

/// The trail that an operation reads, after the policies allowed `action` on it.
fn to_read(
    world: &mut World,
    caller: &Caller,
    action: &str,
    name: Option<&str>,
) -> Result<TrailKey, ServiceError> {
    let key = name::find(world, caller, name)?;
    world.authorize(caller, Access::to(action, &key.arn()))?;
    Ok(key)
}

/// The trail that an operation changes, in its home Region, after the policies allowed `action`.
fn to_change(
    world: &mut World,
    caller: &Caller,
    action: &str,
    name: Option<&str>,
) -> Result<TrailKey, ServiceError> {
    let key = name::find_at_home(world, caller, name)?;
    world.authorize(caller, Access::to(action, &key.arn()))?;
    Ok(key)
}

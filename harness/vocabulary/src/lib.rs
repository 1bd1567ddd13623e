//! Words that every room of Tributary shares: time, accounts, regions, stages,
//! the identity of an event, and seeds.
//!
//! Nothing here knows a service, a transport or a clock.

mod account;
mod event;
mod hash;
mod region;
mod seed;
mod source;
mod stage;
mod time;

pub use account::{AccountId, AccountIdError};
pub use event::{EventId, EventRecord};
pub use hash::stable_hash;
pub use region::{Region, RegionError};
pub use seed::Seed;
pub use source::{Source, SourceError};
pub use stage::{Stage, StageError};
pub use time::{HOUR_MS, MINUTE_MS, SECOND_MS, Timestamp};

//! Incidents: attacks that all three sources tell of, each in its own words.
//!
//! An incident becomes one [`Plot`]: who attacks whom, from where, with what, from when to when.
//! The plot is computed from the world and the plan, before any event, so that the flow logs, the
//! trail and the finding name the same instance, address and key.

mod kind;
mod plot;

pub use kind::{Incident, IncidentError};
pub(crate) use plot::plots;
pub use plot::{Attacker, Plot, Victim};

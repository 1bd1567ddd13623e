//! GuardDuty findings as EventBridge carries them (GuardDuty reference).
//!
//! Real accounts have tens of findings a day. At a rate far above that there are more instances,
//! sessions and attackers, and never a second finding of the same thing.

mod action;
mod cell;
mod far;
mod finding;
mod kinds;
mod lane;
mod resource;
mod stock;

use tributary_vocabulary::AccountId;

use crate::lane::{Job, Lane};
use crate::load::PublishingFrequency;

/// The lane of a load of findings, and the units that workers divide. The events are those that
/// the bus of `administrator` shows, or of each account when there is none.
pub(crate) fn lane(
    job: Job,
    administrator: Option<AccountId>,
    frequency: PublishingFrequency,
) -> (Box<dyn Lane>, u64) {
    let (lane, units) = lane::FindingLane::new(job, administrator, frequency.ms());
    (Box::new(lane), units)
}

/// Names and severities of all types that findings have, for whoever wants to check them.
pub fn finding_types() -> impl Iterator<Item = (&'static str, u8)> {
    kinds::KINDS.iter().map(|kind| (kind.name, kind.severity))
}

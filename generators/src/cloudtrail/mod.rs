//! CloudTrail records: principals at work, call after call, as a trail delivers them to a log
//! group (CloudTrail reference).

mod agent;
mod calls;
mod cast;
mod catalog;
mod cell;
mod crossing;
pub(crate) mod estate;
mod incident;
mod lane;
mod mix;
mod record;
mod session;
mod template;

pub(crate) use incident::{KALI, stolen_key};

use crate::lane::{Job, Lane};
use crate::plan::PlanError;

/// The lane of a load of records, and the units that workers divide. Of 1,000 calls by workloads,
/// `data_permille` are about data.
pub(crate) fn lane(job: Job, data_permille: u32) -> Result<(Box<dyn Lane>, u64), PlanError> {
    let calls = calls::Calls::new(job.world.region.as_str())
        .map_err(|unknown| PlanError::Catalogue(unknown.0))?;
    let (lane, units) = lane::TrailLane::new(job, calls, data_permille);
    Ok((Box::new(lane), units))
}

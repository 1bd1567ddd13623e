//! What a run leaves behind: plain values, no references to other rooms.

mod cause;
mod check;
mod delivery;
#[cfg(test)]
mod examples;
mod histogram;
mod outcome;
mod run;
mod schema;
mod shard;
mod stage;
mod threshold;
mod topology;
mod transform;

pub use cause::Cause;
pub use check::{Check, EventRef, Evidence};
pub use delivery::{Counts, Delivery};
pub use histogram::LatencyHistogram;
pub use outcome::Outcome;
pub use run::{ReadError, Run, SCHEMA, Skipped};
pub use schema::schema_json;
pub use shard::ShardFigures;
pub use stage::{LatencyMs, StageFigures};
pub use threshold::Threshold;
pub use topology::{Topology, Worker};
pub use transform::TransformFigures;

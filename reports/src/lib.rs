//! The data model of a run, and its renderings.
//!
//! [`Run`] is what a run leaves behind; `run.json` is it, written down, and `run.schema.json` is
//! its JSON Schema. Everything else here reads a [`Run`] and nothing but a [`Run`], so any report
//! can be made again from a `run.json` of last week.

mod bridged;
mod facts;
pub mod github;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
mod merge;
mod model;
mod omitted;
mod story;
pub mod text;
mod words;
mod xml;

pub use merge::{MergeError, merge};
pub use model::{
    Cause, Check, Counts, Delivery, EventRef, Evidence, LatencyHistogram, LatencyMs, Outcome,
    ReadError, Run, SCHEMA, ShardFigures, Skipped, StageFigures, Threshold, Topology,
    TransformFigures, Worker, schema_json,
};

//! The AWS services of the pipeline, and the OpenSearch subset, as plain state machines.
//!
//! A [`World`] holds all accounts and all services. It has no clock, no socket, no task and no
//! randomness of its own: [`World::handle`] and the typed doors take the time as an argument,
//! [`World::next_deadline`] says when something is due, [`World::advance`] lets it happen, and
//! [`World::take_effects`] hands out what only a driver can do, such as running a function's code.

#![cfg_attr(
    test,
    allow(clippy::too_many_lines, clippy::type_complexity, reason = "tests hold long tables")
)]

pub mod cloudtrail;
pub mod domain;
pub mod ec2;
pub mod events;
pub mod firehose;
pub mod guardduty;
pub mod iam;
pub mod kernel;
pub mod kinesis;
pub mod lambda;
pub mod logs;
pub mod opensearch;
pub mod policy;
pub mod protocol;
mod router;
pub mod s3;

pub use kernel::{
    Caller, Effect, EffectId, EffectKind, Hooks, InvokeOutcome, Observation, ServiceError,
    Settings, TransformAnswer, WireRequest, WireResponse, World, WorldConfig,
};
pub use router::{ServiceName, support};

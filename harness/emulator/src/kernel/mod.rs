//! The kernel: what every service stands on. It has no clock, no socket, no task and no chance of
//! its own; time and requests are arguments, everything that is due is a [`Timer`].

mod arn;
mod authorize;
mod caller;
mod effect;
mod error;
mod explain;
mod hooks;
mod ids;
mod settings;
mod timers;
mod trace;
mod validation;
mod wire;
mod world;

pub use arn::{ArnParts, arn};
pub use authorize::Access;
pub use caller::{Caller, RequestFacts};
pub use effect::{Effect, EffectId, EffectKind, InvokeOutcome};
pub use error::ServiceError;
pub use hooks::{Hooks, NoHooks, Observation, TransformAnswer};
pub use ids::Ids;
pub use settings::Settings;
pub use timers::{Timer, Timers};
pub use trace::Trace;
pub use validation::Validation;
pub use wire::{WireRequest, WireResponse, decode_form};
pub use world::{World, WorldConfig};

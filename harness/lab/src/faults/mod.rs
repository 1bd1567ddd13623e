//! Faults, planted on purpose: so that anyone can see each checker fail.

mod carrier;
mod hooks;
mod inject;
mod plant;

pub(crate) use hooks::{LabHooks, SharedPlanter};
pub use inject::{Fault, Inject, InjectError};
pub(crate) use plant::Planter;

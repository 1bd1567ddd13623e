//! The driver: it alone owns time, and it does what the world can only ask for.

mod clock;
mod core;
mod functions;
mod sleep;

pub use clock::Clock;
pub(crate) use clock::WallClock;
pub(crate) use core::{Core, SharedCore};
pub(crate) use functions::{Functions, TransformTotals};
pub(crate) use sleep::{LabSleep, wait};

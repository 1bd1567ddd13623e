//! How numbers, times and foreign text are written, in every rendering alike.

mod clean;
mod none;
mod number;
mod size;
mod span;

pub(crate) use clean::clean;
pub(crate) use none::{NONE, throttled};
pub(crate) use number::{NARROW, PLAIN, count, decimal, percent};
pub(crate) use size::bytes;
pub(crate) use span::{latency, moment, span, wall};

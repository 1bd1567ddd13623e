//! Delivery: from accepted events to records at a destination (cloudwatch-logs reference,
//! delivered records and delivery failure).

mod gzip;
mod lane;
mod pack;
mod probe;
mod route;
mod send;

pub use gzip::Gzip;
pub use lane::{Lane, LaneKey, Picks};
pub(crate) use lane::{enqueue, on_due};
pub(crate) use probe::probe;
pub(crate) use route::{Source, Target, may_subscribe};

//! VPC flow logs: connections first, then their projection on interfaces and windows.

mod connection;
mod edge;
mod fabric;
mod filler;
mod internet;
mod lane;
mod length;
mod record;
mod schedule;
mod window;

pub(crate) use fabric::{Fabric, Portion};
pub(crate) use lane::FlowLane;
pub(crate) use window::Scratch;

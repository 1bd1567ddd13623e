//! VPC flow logs: connections first, then their projection on interfaces and windows.

mod connection;
mod edge;
mod fabric;
mod field;
mod filler;
mod format;
mod incident;
mod internet;
mod lane;
mod layout;
mod length;
mod record;
mod schedule;
mod window;

pub use format::{FlowFormat, FlowFormatError};
pub(crate) use lane::lane;

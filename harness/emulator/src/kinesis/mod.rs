//! Kinesis Data Streams.

use tributary_vocabulary::Seed;

use crate::kernel::World;
use crate::policy::NamedPolicy;
use crate::protocol::aws_json::JsonOperation;
/// The rows of the operation table.
pub const OPERATIONS: &[JsonOperation] = &[];

/// What may be set.
#[derive(Debug, Clone, Default)]
pub struct Settings {}

/// What is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Timer {}

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    seed: Seed,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { seed }
    }
}

pub(crate) fn on_timer(_world: &mut World, timer: Timer) {
    match timer {}
}
pub(crate) fn resource_policy(_world: &World, _resource: &str) -> Option<NamedPolicy> {
    None
}

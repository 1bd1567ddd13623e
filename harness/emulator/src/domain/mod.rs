//! OpenSearch Service: domains, their control plane and the door to their data plane.

use tributary_vocabulary::Seed;

use crate::kernel::World;
use crate::kernel::{Caller, WireRequest, WireResponse};
use crate::policy::NamedPolicy;
use crate::protocol::rest::RestOperation;
/// The rows of the operation table.
pub const OPERATIONS: &[RestOperation] = &[];

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

/// Whether a host is the endpoint of a domain of this world.
pub(crate) fn is_domain_host(_world: &World, _host: &str) -> bool {
    false
}

/// Answers a request to the data plane of a domain.
pub(crate) fn data_plane(
    _world: &mut World,
    _caller: &Caller,
    _request: &WireRequest,
) -> WireResponse {
    WireResponse::empty(404)
}

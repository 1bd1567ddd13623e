//! S3: buckets, objects, bucket policies.

use tributary_vocabulary::Seed;

use crate::kernel::{Caller, ServiceError, WireRequest, WireResponse, World};
use crate::policy::NamedPolicy;

/// One operation of S3.
#[derive(Clone, Copy)]
pub struct S3Operation {
    /// AWS's name, such as `PutObject`.
    pub name: &'static str,
}

/// The rows of the operation table.
pub const OPERATIONS: &[S3Operation] = &[];

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

/// Answers a request: path style and virtual-host style.
pub(crate) fn handle(world: &mut World, _caller: &Caller, _request: &WireRequest) -> WireResponse {
    error_response(world, &ServiceError::client("NotImplemented", "").status(501))
}

/// The response of an error, as S3 writes it.
pub(crate) fn error_response(_world: &mut World, error: &ServiceError) -> WireResponse {
    WireResponse::new(error.status, "application/xml", error.message.clone())
}

/// The policy of the bucket that an ARN names or lies in.
pub(crate) fn resource_policy(_world: &World, _resource: &str) -> Option<NamedPolicy> {
    None
}

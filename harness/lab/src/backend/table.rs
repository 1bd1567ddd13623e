//! What is known of each kind of endpoint. Every reason was seen, with the AWS SDK for Python or
//! with the calls of this crate, on the versions that [`COLUMNS`] names; `docs/backends.md` is made
//! from these tables.

use super::{Capability, EndpointKind};

mod aws;
mod kinesis_local;
mod localstack;
mod moto;

/// What a table says of one capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// It is there.
    Yes,
    /// It is there under this condition, which is looked at when the endpoint is asked.
    If(&'static str),
    /// It is not there, for this reason.
    No(&'static str),
    /// It is found out by trying.
    Tried,
}

/// What cannot be tried at little cost is not counted on.
const UNKNOWN: &str = "it is not known of this endpoint, and cannot be tried in a few seconds";

pub(super) const OPENSEARCH: &str = "an OpenSearch is named with --opensearch";
pub(super) const NO_CLOCK: &str = "time is that of the machine";
pub(super) const NO_HOOKS: &str = "faults are planted between the embedded stages only";

/// What is known of this kind about this capability.
pub(super) fn entry(kind: &EndpointKind, capability: Capability) -> Entry {
    match (kind, capability) {
        (_, Capability::VirtualTime) => Entry::No(NO_CLOCK),
        (_, Capability::Faults) => Entry::No(NO_HOOKS),
        (_, Capability::OpenSearch) => Entry::If(OPENSEARCH),
        (EndpointKind::LocalStack { .. }, _) => localstack::entry(capability),
        (EndpointKind::Moto, _) => moto::entry(capability),
        (EndpointKind::KinesisLocal, _) => kinesis_local::entry(capability),
        (EndpointKind::Tributary { .. }, _) => tributary(capability),
        (EndpointKind::Aws, _) => aws::entry(capability),
        (EndpointKind::Unknown { .. }, _) => unknown(capability),
    }
}

fn tributary(capability: Capability) -> Entry {
    match capability {
        Capability::FirehoseToOpenSearch => Entry::If(OPENSEARCH),
        _ => Entry::Yes,
    }
}

fn unknown(capability: Capability) -> Entry {
    match capability {
        Capability::Sources
        | Capability::ShardLimits
        | Capability::FirehoseKinesisSource
        | Capability::TransformExecution
        | Capability::BufferTiming
        | Capability::FirehoseToOpenSearch
        | Capability::IamEnforced => Entry::No(UNKNOWN),
        _ => Entry::Tried,
    }
}

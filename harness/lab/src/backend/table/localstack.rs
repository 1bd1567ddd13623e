//! LocalStack community 4.14.0, hop by hop.

use super::{Entry, OPENSEARCH};
use crate::backend::Capability;

pub(super) fn entry(capability: Capability) -> Entry {
    match capability {
        Capability::Sources => Entry::No(
            "flow logs are stored without writing any, and CloudTrail and GuardDuty are not there",
        ),
        Capability::CrossAccountDestinations => {
            Entry::No("destinations are stored, and a subscription filter to one is refused")
        }
        Capability::FilterPatterns => {
            Entry::No("filter patterns are ignored: every event is delivered")
        }
        Capability::ShardLimits => Entry::No("no shard throttles"),
        Capability::TransformExecution => Entry::No(
            "a processor is stored, and functions do not run without Docker and runtime images",
        ),
        Capability::BufferTiming => {
            Entry::No("buffering hints are not observed: each call is delivered at once")
        }
        Capability::IamEnforced => Entry::No("policies are stored and never evaluated"),
        Capability::FirehoseToOpenSearch => Entry::If(OPENSEARCH),
        _ => Entry::Yes,
    }
}

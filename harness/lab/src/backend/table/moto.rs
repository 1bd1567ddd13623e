//! The server of moto 5.2.5, hop by hop.

use super::Entry;
use crate::backend::Capability;

pub(super) fn entry(capability: Capability) -> Entry {
    match capability {
        Capability::Accounts => Entry::If(
            "--accounts assume-role: whatever the access key, it stands for account 123456789012; a role need not exist to be assumed",
        ),
        Capability::Sources => {
            Entry::No("flow logs, trails and detectors are stored without publishing anything")
        }
        Capability::CrossAccountDestinations => Entry::No(
            "destinations are stored, and a subscription filter to one is refused (\"The specified log group does not exist.\")",
        ),
        Capability::FilterPatterns => {
            Entry::No("filter patterns are ignored: every event is delivered")
        }
        Capability::ShardLimits => Entry::No("no shard throttles"),
        Capability::FirehoseKinesisSource => {
            Entry::No("a delivery stream with a Kinesis source becomes ACTIVE and reads nothing")
        }
        Capability::TransformExecution => {
            Entry::No("a processor is stored, and records are delivered as they are")
        }
        Capability::BufferTiming => {
            Entry::No("buffering hints are not observed: each call is delivered at once")
        }
        Capability::FirehoseToOpenSearch => Entry::No(
            "a delivery stream to OpenSearch is refused, and one to Elasticsearch writes nothing",
        ),
        Capability::IamEnforced => Entry::No("policies are stored and not evaluated as it starts"),
        _ => Entry::Yes,
    }
}

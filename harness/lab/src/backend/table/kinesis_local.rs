//! The npm package kinesis-local 0.6.2 (0.5.2, which LocalStack 4.14 starts, differs in accounts).

use super::Entry;
use crate::backend::Capability;

pub(super) fn entry(capability: Capability) -> Entry {
    match capability {
        Capability::Kinesis => Entry::Yes,
        Capability::Accounts => Entry::If(
            "it is of version 0.6: with 0.5 every access key stands for the account of AWS_ACCOUNT_ID",
        ),
        Capability::ShardLimits => {
            Entry::No("no shard throttles; only the number of shards is limited")
        }
        Capability::IamEnforced => {
            Entry::No("there are no policies, and signatures are not looked at")
        }
        _ => Entry::No("it has Kinesis data streams and no other service"),
    }
}

//! AWS itself. What is said here is documented, not tried.

use super::{Entry, OPENSEARCH};
use crate::backend::Capability;

pub(super) fn entry(capability: Capability) -> Entry {
    match capability {
        Capability::Sources => Entry::No(
            "traffic and findings of a test cannot be ordered from AWS: events enter by PutLogEvents",
        ),
        Capability::FirehoseToOpenSearch => Entry::If(OPENSEARCH),
        _ => Entry::Yes,
    }
}

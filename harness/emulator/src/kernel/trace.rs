//! The trace of a world: a hash over everything that happened, in its order.

use sha2::{Digest, Sha256};
use tributary_vocabulary::{Timestamp, stable_hash};

/// A running SHA-256 over what happened.
///
/// Payloads enter by a 64-bit hash of theirs, so that tracing costs little; two runs with the same
/// trace went through the same states in the same order.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    hash: Sha256,
    entries: u64,
}

impl Trace {
    /// Adds one entry: when, what kind, to what, with which payload.
    pub fn add(&mut self, now: Timestamp, kind: &str, subject: &str, payload: &[u8]) {
        self.hash.update(now.ms().to_le_bytes());
        self.hash.update(stable_hash(kind.as_bytes()).to_le_bytes());
        self.hash.update(stable_hash(subject.as_bytes()).to_le_bytes());
        self.hash.update(stable_hash(payload).to_le_bytes());
        self.entries += 1;
    }

    /// The number of entries.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.entries
    }

    /// The hash so far, as 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        use std::fmt::Write;
        let mut text = String::with_capacity(64);
        for byte in self.hash.clone().finalize() {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_an_entry_counts() {
        let hash = |at: i64, kind: &str, subject: &str, payload: &[u8]| {
            let mut trace = Trace::default();
            trace.add(Timestamp::from_ms(at), kind, subject, payload);
            trace.sha256()
        };
        let base = hash(1, "call", "a", b"x");
        assert_eq!(base, hash(1, "call", "a", b"x"));
        assert_eq!(base.len(), 64);
        for other in [
            hash(2, "call", "a", b"x"),
            hash(1, "note", "a", b"x"),
            hash(1, "call", "b", b"x"),
            hash(1, "call", "a", b"y"),
        ] {
            assert_ne!(base, other);
        }
    }
}

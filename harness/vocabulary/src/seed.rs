//! Seeds: one number, and a child stream for every actor.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::stable_hash;

/// A node of the tree of seeds that grows from the run's one number.
///
/// Adding an actor never shifts another's stream, because a child is named and not counted.
/// ChaCha8's stream is documented as stable, so files made from it stay the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(u64);

impl Seed {
    /// The root for this number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The child of this name.
    #[must_use]
    pub fn child(self, name: &str) -> Self {
        Self(stable_hash(&[&self.0.to_le_bytes()[..], name.as_bytes()].concat()))
    }

    /// The child of this number.
    #[must_use]
    pub fn numbered(self, number: u64) -> Self {
        Self(stable_hash(&[self.0.to_le_bytes(), number.to_le_bytes()].concat()))
    }

    /// The stream of random numbers of this node.
    #[must_use]
    pub fn stream(self) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(self.0)
    }

    /// The node as a number, for naming things after it.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn children_are_named_and_independent() {
        let root = Seed::new(7);
        assert_eq!(root.child("a"), root.child("a"));
        assert_ne!(root.child("a"), root.child("b"));
        assert_ne!(root.numbered(1), root.numbered(2));
        assert_ne!(root.child("a").stream().next_u64(), root.child("b").stream().next_u64());
    }
}

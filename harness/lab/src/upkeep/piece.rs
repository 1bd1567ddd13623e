//! What is really there of a thing.

use std::fmt;

use super::{Mark, Thing};

/// What is really there of a thing: most things are one piece, and flow logs and indices as many
/// as there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The thing.
    pub(crate) thing: Thing,
    /// The id by which it is removed: its name, or what the service calls it.
    pub(crate) id: String,
    /// The run that its tag names; `None` when it carries no mark or its tags cannot be read, and
    /// so is somebody else's.
    pub(crate) run: Option<String>,
}

impl Piece {
    /// The one piece of a thing, whose tags are these; `null` when they cannot be read.
    pub(super) fn whole(thing: &Thing, tags: &serde_json::Value) -> Self {
        Self { thing: thing.clone(), id: thing.name.clone(), run: Mark::run_of(tags) }
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.thing.kind.noun(), self.id, self.thing.place())
    }
}

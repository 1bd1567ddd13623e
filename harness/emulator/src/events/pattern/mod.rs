//! The event pattern language (guardduty reference, §6): which events a rule is about.
//!
//! Pure: a text becomes a [`Pattern`] once, and a pattern is asked about events. A pattern is walked
//! beside the event, so that asking costs no more than the size of the two.

mod cidr;
mod error;
mod glob;
mod matcher;
mod node;
mod number;
mod operator;
mod parse;
mod text;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod vectors;

use serde_json::Value;

pub use error::InvalidPattern;
use node::Node;

/// The most combinations into which the `$or`s of a pattern may multiply.
pub const COMBINATIONS_MAX: usize = 1_000;

/// A pattern, ready to be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    root: Node,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`InvalidPattern`] with the reason.
    pub fn parse(text: &str) -> Result<Self, InvalidPattern> {
        parse::parse(text).map(|root| Self { root })
    }

    /// Whether an event, an object, matches.
    #[must_use]
    pub fn matches(&self, event: &Value) -> bool {
        matcher::node(&self.root, Some(event))
    }
}

//! What workers write on the board, and where.

use serde::{Deserialize, Serialize};

use super::told::Told;

/// A worker that has come: which process it is, and what it was told to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Joined {
    pub(super) token: String,
    pub(super) what: Told,
}

/// When all begin; or why they do not.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Start {
    /// The moment, and the processes that begin then.
    At { ms: i64, tokens: Vec<String> },
    /// Nobody begins.
    Never { why: String },
}

pub(super) const START: &str = "start";

/// The worker lives.
pub(super) fn alive(index: u32) -> String {
    format!("alive/{}", index + 1)
}

/// The worker has come.
pub(super) fn joined(index: u32) -> String {
    format!("joined/{}", index + 1)
}

/// The worker knows that nobody begins.
pub(super) fn heard(index: u32) -> String {
    format!("heard/{}", index + 1)
}

/// The worker has accounted for its share.
pub(super) fn done(index: u32) -> String {
    format!("done/{}", index + 1)
}

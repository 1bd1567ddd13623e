//! Why a lab cannot do what it was asked.

use tributary_generators::PlanError;
use tributary_transform::UnknownTransform;

use crate::backend::BackendError;
use crate::ledger::UntellableFormat;
use crate::topology::ProvisionError;

/// Why a lab cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The topology could not be set up.
    #[error(transparent)]
    Provision(#[from] ProvisionError),
    /// The backend cannot do what the lab requires: the run is skipped.
    #[error("{title} cannot do what is required: {}", .lacks.iter().map(|lack| format!("{} ({})", lack.requires, lack.reason)).collect::<Vec<_>>().join("; "))]
    Lacking {
        /// The backend's name, such as `containers`.
        backend: &'static str,
        /// What it is, such as `LocalStack 4.14.0`.
        title: String,
        /// What it lacks.
        lacks: Vec<Lack>,
    },
    /// The backend cannot be used.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// The traffic cannot be made.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// There is no such transform.
    #[error(transparent)]
    Transform(#[from] UnknownTransform),
    /// Records of the flow-log format cannot be told apart.
    #[error(transparent)]
    FlowFormat(#[from] UntellableFormat),
    /// There is no such account in the lab.
    #[error(
        "this lab has no account '{name}': it has master, member-1 to member-{members}, and their 12-digit ids"
    )]
    Account {
        /// What was asked for.
        name: String,
        /// How many members the lab has.
        members: usize,
    },
    /// A question to the policies that cannot be asked.
    #[error("{0}")]
    Question(String),
    /// A number is out of its range.
    #[error("{what} has to be from {least} to {most}, and is {given}")]
    Range {
        /// Of what.
        what: &'static str,
        /// The least.
        least: u64,
        /// The most.
        most: u64,
        /// What was given.
        given: u64,
    },
}

/// Something that was required of a backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// What was required.
    pub requires: String,
    /// Why it cannot be had.
    pub reason: String,
}

/// What a lab gives, or why it cannot.
pub type Result<T, E = Error> = std::result::Result<T, E>;

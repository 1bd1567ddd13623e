//! What an operation does alike for roles, users and groups; the operations' own files say which.

pub(super) mod attached;
pub(super) mod boundary;
pub(super) mod create;
pub(super) mod inline;
pub(super) mod renaming;
pub(super) mod simulation;
pub(super) mod tagging;

use crate::kernel::ServiceError;
use crate::protocol::xml::Element;

/// The outcome of an operation.
pub(super) type Answer = Result<Option<Element>, ServiceError>;

//! The ledger: every event by its identity, from the generator to both ends of the pipeline.

mod book;
mod carried;
mod content;
mod decode;
mod entry;
mod findings;
mod identity;
mod observe;
mod reading;
mod share;
mod stops;
mod trails;

pub(crate) use book::{Ledger, SharedLedger};
pub(crate) use content::{Group, Item};
pub(crate) use decode::{Found, decode_document, decode_records};
pub(crate) use entry::{Entry, StreamKey};
pub(crate) use findings::{Expected, Finding, Findings};
pub(crate) use identity::Identifier;
pub use identity::UntellableFormat;
pub(crate) use reading::Reading;
pub(crate) use share::Share;
pub(crate) use stops::{Refusal, Stop};
pub(crate) use trails::Trails;

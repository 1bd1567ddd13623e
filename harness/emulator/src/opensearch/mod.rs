//! The OpenSearch data plane: indices with mappings, bulk writes, searches and aggregations, in
//! memory (OpenSearch reference).
//!
//! An [`Engine`] is a pure state machine: requests carry their time, answers are byte for byte the
//! same for the same requests. What lies outside this subset is refused by name, never ignored.

mod aggregations;
mod aliases;
mod analysis;
mod bulk;
mod dates;
mod engine;
mod error;
mod filter_path;
mod http;
mod index;
mod json;
mod mapping;
mod names;
mod ops;
mod query;
mod router;
mod search;
mod settings;
mod store;
mod targets;
mod templates;
#[cfg(test)]
mod tests;
mod wildcard;

pub use bulk::{BulkItem, BulkResponse};
pub use engine::{Availability, Engine, Identity, Visibility};
pub use error::Failure;
pub use http::{HttpRequest, HttpResponse};

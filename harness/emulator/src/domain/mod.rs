//! OpenSearch Service: domains, their control plane in its two generations, and the door to their
//! data plane.
//!
//! The control plane follows the service model of OpenSearch Service (2021-01-01) and of
//! Elasticsearch Service (2015-01-01): one set of domains, two sets of names.

mod data_plane;
mod endpoint;
mod form;
mod name;
pub mod ops;
mod options;
mod settings;
mod state;
mod status;
mod table;
#[cfg(test)]
mod tests;
mod version;
mod view;

pub(crate) use data_plane::{bulk, data_plane, is_domain_host};
pub use settings::Settings;
pub use state::{Domain, Timer};
pub(crate) use state::{State, on_timer, resource_policy};
pub use table::OPERATIONS;

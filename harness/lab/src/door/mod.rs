//! The in-process door: no port, no TLS, and the same `handle` as every other door.

mod connector;
mod sdk_config;
mod signed;

pub(crate) use connector::LabHttpClient;
pub(crate) use sdk_config::sdk_config;
pub use signed::{SignedCall, SignedClient, SignedError, SignedResponse};

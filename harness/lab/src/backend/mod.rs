//! What a lab runs on: this process, containers, or whatever answers at an endpoint.

mod aws_host;
mod capability;
mod endpoint;
mod error;
mod guard;
mod identify;
mod kind;
#[cfg(test)]
mod page;
mod probe;
#[cfg(test)]
mod redirects;
mod table;
#[cfg(test)]
mod testing;

pub use capability::{Capabilities, Capability, CapabilityError, Support};
pub use endpoint::{AccountsMode, Endpoint};
pub use error::BackendError;
pub(crate) use guard::{guard, guard_account, guard_kind, without_login};
pub(crate) use identify::identify;
pub(crate) use kind::EndpointKind;
pub(crate) use probe::capabilities_of;

/// What a lab runs on.
#[derive(Debug, Clone, Default)]
pub enum Backend {
    /// In this process: no network, no Docker, virtual time.
    #[default]
    Embedded,
    /// LocalStack and OpenSearch containers, started for this lab and removed with it.
    #[cfg(feature = "containers")]
    Containers(Box<tributary_containers::Options>),
    /// Something that already runs.
    Endpoint(Box<Endpoint>),
}

impl Backend {
    /// The name that commands and run files use.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            #[cfg(feature = "containers")]
            Self::Containers(_) => "containers",
            Self::Endpoint(_) => "endpoint",
        }
    }
}

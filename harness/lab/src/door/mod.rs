//! The doors: in process, without port and TLS, to the world of a lab; and by HTTP to whatever
//! answers outside. What signs and what the SDK gets is the same at both.

mod calls;
mod connector;
mod http;
mod sdk_config;
mod sign;
mod signed;

pub(crate) use self::http::{AwsDoor, SearchDoor};
pub(crate) use calls::{elements, parsed, told};
pub(crate) use connector::LabHttpClient;
pub(crate) use sdk_config::sdk_config;
pub use signed::{SignedCall, SignedClient, SignedError, SignedResponse};

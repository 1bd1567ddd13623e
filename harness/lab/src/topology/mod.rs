//! The topology: accounts, names, policies, and the calls that set them up.

mod accounts;
mod names;
mod policies;
mod provision;

pub(crate) use accounts::Accounts;
pub(crate) use names::Names;
pub(crate) use policies::Policies;
pub use policies::PolicyFileError;
pub use provision::ProvisionError;
pub(crate) use provision::{Plan, Provisioned, RefusedStep, provision};

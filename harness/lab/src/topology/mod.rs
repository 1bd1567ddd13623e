//! The topology: accounts, names, policies, and the calls that set them up.

mod accounts;
mod documents;
pub(crate) mod files;
mod furnish;
mod names;
mod organization;
mod policies;
mod provision;
mod step;

pub(crate) use accounts::Accounts;
pub(crate) use documents::{Ask, Carrier, DOCUMENTS, Document, ForEach, Needed, Who};
pub(crate) use furnish::furnish;
pub(crate) use names::Names;
pub(crate) use organization::OrganizationPlan;
pub use organization::{OrganizationFile, OrganizationFileError};
pub use policies::PolicyFileError;
pub(crate) use policies::{Policies, fill, fill_for};
pub use provision::ProvisionError;
pub(crate) use provision::{Plan, Provisioned, RefusedStep, make_bucket, make_ready, provision};
pub use step::{Step, StepError};

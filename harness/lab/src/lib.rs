//! A laboratory for AWS log aggregation across accounts: the whole pipeline in your own test.
//!
//! ```no_run
//! use tributary::{Lab, VpcFlowLogs, minutes};
//!
//! # async fn example() -> tributary::Result<()> {
//! let lab = Lab::centralized_logging().members(2).shards(4).seed(7).start().await?;
//! lab.send(VpcFlowLogs::per_second(500).lasting(minutes(10))).await?;
//! lab.settle().await?.assert_complete(); // prints who is missing, where last seen, and why
//! # Ok(())
//! # }
//! ```
//!
//! A [`Lab`] is one world of its own: accounts, policies, streams, a domain and buckets, in this
//! process, without network, on virtual time. [`Lab::sdk_config`] gives a configuration with which
//! every client of the AWS SDK for Rust talks to one of its accounts.

mod backend;
mod bridge;
mod check;
mod door;
mod driver;
mod ends;
mod error;
mod faults;
mod ground;
mod judge;
mod lab;
mod ledger;
mod load;
mod scenario;
mod topology;
mod upkeep;
mod workers;

pub use backend::{
    AccountsMode, Backend, BackendError, Capabilities, Capability, CapabilityError, Endpoint,
    Support,
};
pub use check::{Check, CheckFinding, check_scenario};
pub use door::{SignedCall, SignedClient, SignedError, SignedResponse};
pub use driver::Clock;
pub use error::{Error, Lack, Result};
pub use faults::{Fault, Inject, InjectError};
pub use ground::Tell;
pub use lab::{Delivered, Explanation, Lab, LabBuilder, OpenSearch};
pub use ledger::UntellableFormat;
pub use scenario::{
    Bridging, Ended, Expect, Guarantee, LoadFile, Overrides, RunError, Scenario, ScenarioError,
    TopologyFile, lab_of, parse_duration, run_scenario, run_to_end,
};
pub use topology::{
    OrganizationFile, OrganizationFileError, PolicyFileError, ProvisionError, Step, StepError,
};
#[cfg(feature = "containers")]
pub use tributary_containers as containers;
pub use tributary_emulator::{iam, policy};
pub use tributary_generators::{
    CloudTrail, FlowFormat, GuardDuty, Incident, Load, PublishingFrequency, Rate, Shape, Truth,
    VpcFlowLogs, Worker,
};
pub use tributary_reports::Run;
pub use tributary_transform::{Answer, HandlerError, PutBack, PutBackTarget, Transform, builtin};
pub use tributary_vocabulary::{AccountId, Region, Source, Stage, Timestamp};

use std::time::Duration;

/// This many minutes.
#[must_use]
pub const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

/// This many seconds.
#[must_use]
pub const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

//! The calls that set the pipeline up, as its author makes them by hand, one file per service.

mod domain;
mod firehose;
mod kinesis;
mod lambda;
mod logs;
mod roles;
mod s3;
mod step;

use std::time::Duration;

use aws_types::SdkConfig;
use tributary_vocabulary::{AccountId, Source};

use super::{Accounts, Names, Policies, PolicyFileError};
use crate::door::{SignedClient, SignedError, sdk_config};
use crate::driver::{SharedCore, wait};

pub(crate) use step::{Provisioned, RefusedStep};

/// Why a topology could not be set up; a policy that refuses a step is no such reason.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    /// A policy document is missing.
    #[error(transparent)]
    Policy(#[from] PolicyFileError),
    /// A call failed.
    #[error("{step} failed: {message}")]
    Call {
        /// The operation, and what it was to make.
        step: String,
        /// What the service answered.
        message: String,
    },
    /// A signed call could not be made.
    #[error(transparent)]
    Signed(#[from] SignedError),
    /// Something did not become active.
    #[error("{0} did not become active within 30 simulated minutes")]
    NotActive(String),
}

/// What is to be set up.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) accounts: Accounts,
    pub(crate) names: Names,
    pub(crate) policies: Policies,
    pub(crate) sources: Vec<Source>,
    pub(crate) shards: u32,
    pub(crate) retention_h: i32,
}

/// Sets up the master account and every member.
///
/// # Errors
/// When a document is missing or a call fails for another reason than a policy.
pub(crate) async fn provision(
    core: &SharedCore,
    plan: &Plan,
) -> Result<Provisioned, ProvisionError> {
    let site = Site { core, plan };
    let mut done = Provisioned::default();
    let master = site.config(plan.accounts.master);
    domain::create(&site).await?;
    s3::create(&site, &master).await?;
    kinesis::create(&site, &master).await?;
    roles::create(&site)?;
    lambda::create(&site)?;
    firehose::create(&site, &master, &mut done).await?;
    logs::create_destination(&site, &master, &mut done).await?;
    for (place, member) in plan.accounts.members.iter().enumerate() {
        let config = site.config(*member);
        logs::set_up_member(&site, &config, *member, place + 1, &mut done).await?;
    }
    Ok(done)
}

/// What every step needs.
pub(super) struct Site<'a> {
    pub(super) core: &'a SharedCore,
    pub(super) plan: &'a Plan,
}

impl Site<'_> {
    fn config(&self, account: AccountId) -> SdkConfig {
        sdk_config(self.core, account, &self.plan.names.region)
    }

    fn signed(&self) -> SignedClient {
        SignedClient::new(
            self.core.clone(),
            self.plan.accounts.master,
            self.plan.names.region.clone(),
        )
    }

    /// A policy document with the accounts of the run filled in.
    fn policy(&self, file: &str) -> Result<String, PolicyFileError> {
        self.plan.policies.filled(file, &self.plan.accounts, &self.plan.names.region)
    }

    /// Asks until the answer is yes, with a pause of a simulated second.
    async fn until_active<F: Future<Output = Result<bool, ProvisionError>>>(
        &self,
        what: &str,
        mut is_active: impl FnMut() -> F,
    ) -> Result<(), ProvisionError> {
        for _ in 0..30 * 60 {
            if is_active().await? {
                return Ok(());
            }
            wait(self.core.clone(), Duration::from_secs(1)).await;
        }
        Err(ProvisionError::NotActive(what.to_owned()))
    }
}

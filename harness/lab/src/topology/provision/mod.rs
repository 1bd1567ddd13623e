//! The calls that set the pipeline up, as its author makes them by hand, one file per step.

mod calls;
mod destination;
mod domain;
mod findings;
mod firehose;
mod flow_logs;
mod kinesis;
mod lambda;
mod log_group;
mod outbox;
mod outcome;
mod ready;
mod role;
mod s3;
mod split;
mod trail;

use std::time::Duration;

use aws_types::SdkConfig;
use tributary_generators::FlowFormat;
use tributary_vocabulary::{AccountId, Source};

use super::organization::{self, OrganizationFileError, OrganizationPlan};
use super::{Accounts, Names, Policies, PolicyFileError, Step};
use crate::backend::{BackendError, Capability};
use crate::ground::{Ground, Route};
use crate::ledger::SharedLedger;
use crate::upkeep::Mark;

use calls::Calls;
use outcome::CallError;
use outcome::Obstacle;
pub(crate) use outcome::{Provisioned, RefusedStep};
pub(crate) use ready::make_ready;
pub(crate) use role::{ROLES, RoleSpec};
pub(crate) use s3::make_bucket;

/// Why a topology could not be set up; a policy that refuses a step is no such reason.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    /// A policy document cannot be read.
    #[error(transparent)]
    Policy(#[from] PolicyFileError),
    /// The organisation cannot be declared.
    #[error(transparent)]
    Organization(#[from] OrganizationFileError),
    /// AWS does not accept a policy document.
    #[error("policies/{file} was refused by {operation}: {code}: {message}{hint}", hint = hint(message))]
    Malformed {
        /// The document.
        file: &'static str,
        /// The operation that was to store it.
        operation: &'static str,
        /// AWS's code.
        code: String,
        /// What the service answered.
        message: String,
    },
    /// A call failed.
    #[error("{step} failed: {message}")]
    Call {
        /// The operation, and what it was to make.
        step: String,
        /// What the service answered.
        message: String,
    },
    /// Something did not become active.
    #[error("{0} did not become active within 30 minutes of the lab's time")]
    NotActive(String),
    /// The backend cannot be used.
    #[error(transparent)]
    Backend(#[from] BackendError),
}

/// How to mend a document that AWS does not accept, where it can be said.
fn hint(message: &str) -> &'static str {
    if message.contains("exceed") || message.contains("size") {
        return " A document that names every member outgrows AWS's limits; admit them as an \
                organisation, as the scenario 'organisation' does.";
    }
    ""
}

/// What is to be set up.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) accounts: Accounts,
    pub(crate) names: Names,
    pub(crate) policies: Policies,
    pub(crate) sources: Vec<Source>,
    pub(crate) without: Vec<Step>,
    pub(crate) flow_format: FlowFormat,
    pub(crate) organization: Option<OrganizationPlan>,
    pub(crate) shards: u32,
    pub(crate) retention_h: i32,
    pub(crate) route: Route,
    /// The account in which everything is, when there is but one.
    pub(crate) one_account: Option<AccountId>,
}

impl Plan {
    /// The account in which an account's resources are: itself, but where all are one.
    pub(crate) fn home(&self, account: AccountId) -> AccountId {
        self.one_account.unwrap_or(account)
    }

    /// Whether a step is to be done.
    pub(crate) fn has(&self, step: Step) -> bool {
        !self.without.contains(&step)
            && self.route.takes(step)
            && step.source().is_none_or(|source| self.sources.contains(&source))
    }
}

/// Sets up the master account and every member, in the order of the walk-through.
///
/// # Errors
/// When AWS does not accept a document, or a call fails for another reason than a policy or a
/// missing step.
pub(crate) async fn provision(
    ground: &Ground,
    ledger: &SharedLedger,
    plan: &Plan,
) -> Result<Provisioned, ProvisionError> {
    let site = Site { ground, ledger, plan };
    // Elsewhere an organisation is what the accounts are in, and nothing that a run declares.
    if let Some(core) = ground.core() {
        organization::declare(core, plan)?;
    }
    let mut done = Provisioned::default();
    for step in &plan.without {
        let message = "the lab was built without it".to_owned();
        done.lack(Obstacle::LeftOut, *step, plan.accounts.master, "", message);
    }
    let master = site.config(plan.accounts.master)?;
    domain::create(&site, &mut done).await?;
    s3::create(&site, &mut done).await?;
    kinesis::create(&site, &master, &mut done).await?;
    lambda::create(&site, &mut done)?;
    firehose::create(&site, &master, &mut done).await?;
    if plan.has(Step::LogsRole) {
        role::create(&site, &site.master(), &role::LOGS, &mut done)?;
    }
    destination::create(&site, &master, &mut done).await?;
    for place in site.members() {
        let config = site.config(place.account)?;
        outbox::create(&site, &config, &place, &mut done).await?;
        let logs = aws_sdk_cloudwatchlogs::Client::new(&config);
        if plan.sources.contains(&Source::VpcFlowLogs) {
            flow_logs::set_up(&site, &logs, &place, &mut done).await?;
        }
        if plan.sources.contains(&Source::CloudTrail) {
            trail::set_up(&site, &logs, &place, &mut done).await?;
        }
    }
    if plan.sources.contains(&Source::GuardDuty) {
        findings::set_up(&site, &master, &mut done).await?;
    }
    Ok(done)
}

/// Where a step is done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) account: AccountId,
    /// The member's number, from 1; 0 for the master.
    pub(super) member: usize,
}

/// What every step needs.
pub(super) struct Site<'a> {
    pub(super) ground: &'a Ground,
    pub(super) ledger: &'a SharedLedger,
    pub(super) plan: &'a Plan,
}

impl Site<'_> {
    fn master(&self) -> Place {
        Place { account: self.plan.accounts.master, member: 0 }
    }

    fn members(&self) -> impl Iterator<Item = Place> {
        let members = (1..).zip(self.plan.accounts.members.clone());
        members.map(|(member, account)| Place { account, member })
    }

    fn config(&self, account: AccountId) -> Result<SdkConfig, BackendError> {
        self.ground.sdk_config(account, &self.plan.names.region)
    }

    fn calls(&self, account: AccountId) -> Result<Calls, BackendError> {
        Ok(Calls::new(self.ground.signed(account, &self.plan.names.region)?))
    }

    /// Whether policies decide there.
    fn decides(&self) -> bool {
        let remote = self.ground.remote();
        remote.is_none_or(|remote| remote.capabilities.has(Capability::IamEnforced))
    }

    /// The mark that everything carries which is made at an endpoint; none in this process, where
    /// everything ends with the lab.
    fn mark(&self) -> Option<&Mark> {
        self.ground.remote().map(|remote| &remote.mark)
    }

    /// A policy document with the accounts of the run filled in; `None`, and noted, when the
    /// scenario has none, so that the step cannot be done.
    fn policy(
        &self,
        step: Step,
        place: &Place,
        file: &'static str,
        operation: &'static str,
        done: &mut Provisioned,
    ) -> Option<String> {
        let text = self.plan_policy(place, file);
        if text.is_none() {
            let message = format!("the scenario has no policies/{file}");
            done.lack(Obstacle::NoDocument, step, place.account, operation, message);
        }
        text
    }

    /// The same where it may be missing.
    fn plan_policy(&self, place: &Place, file: &str) -> Option<String> {
        let plan = self.plan;
        plan.policies.filled(file, &plan.accounts, &plan.names.region, place.member)
    }

    /// Takes a call's outcome; see [`Provisioned::note`].
    fn note<T>(
        &self,
        done: &mut Provisioned,
        step: Step,
        account: AccountId,
        operation: &'static str,
        outcome: Result<T, CallError>,
    ) -> Result<Option<T>, ProvisionError> {
        let because = self.ledger.lock().take_last_refusal();
        let answer = done.note(step, account, operation, outcome)?;
        if let (None, Some(refused)) = (&answer, done.refused.last_mut()) {
            refused.because = because;
        }
        Ok(answer)
    }

    /// Takes the outcome of a call that stores a policy: what AWS does not accept as a policy is
    /// the scenario's error.
    fn note_policy<T>(
        &self,
        done: &mut Provisioned,
        step: Step,
        account: AccountId,
        operation: &'static str,
        file: &'static str,
        outcome: Result<T, CallError>,
    ) -> Result<Option<T>, ProvisionError> {
        if let Err(error) = &outcome
            && error.is_about_policy()
        {
            let (code, message) = (error.code.clone(), error.message.clone());
            if !self.decides() {
                // Where no policy decides anything, one that is not taken stops nothing.
                let reason =
                    format!("{operation} does not take policies/{file}: {code}: {message}");
                done.unsupported.entry(step).or_insert(reason);
                return Ok(None);
            }
            return Err(ProvisionError::Malformed { file, operation, code, message });
        }
        self.note(done, step, account, operation, outcome)
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
            self.ground.wait(Duration::from_secs(1)).await;
        }
        Err(ProvisionError::NotActive(what.to_owned()))
    }
}

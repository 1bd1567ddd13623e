//! A lab: one world, its doors, and what was sent into it.

mod builder;
mod delivered;
mod explain;
mod opensearch;
mod settle;

use std::sync::{Mutex, PoisonError};

use aws_types::SdkConfig;
use tributary_generators::{Load, TrafficPlan, Truth};
use tributary_vocabulary::{AccountId, Source, Timestamp};

use crate::door::{SignedClient, sdk_config};
use crate::driver::{Clock, SharedCore, WallClock};
use crate::faults::{Inject, SharedPlanter};
use crate::ledger::{Expected, SharedLedger};
use crate::load::{Sent, send};
use crate::topology::{Plan, Provisioned};
use crate::{Error, Result};

pub(crate) use builder::DEFAULT_SEED;
pub use builder::LabBuilder;
pub use delivered::Delivered;
pub use explain::Explanation;
pub use opensearch::OpenSearch;

/// One world of its own: accounts, policies, the pipeline and its two ends, in this process.
///
/// Many labs may live side by side; they share nothing.
pub struct Lab {
    core: SharedCore,
    ledger: SharedLedger,
    planter: SharedPlanter,
    plan: Plan,
    provisioned: Provisioned,
    settings: Settings,
    wall: WallClock,
    sent: Mutex<Vec<Sent>>,
}

/// What a lab was built with, beside its topology.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) scenario: String,
    pub(crate) seed: u64,
    pub(crate) clock: Clock,
    pub(crate) epoch: Timestamp,
    pub(crate) injects: Vec<Inject>,
    pub(crate) at_least_once: bool,
    pub(crate) incidents: Vec<tributary_generators::Incident>,
    pub(crate) repeat: String,
}

impl Lab {
    /// The pipeline of centralized logging: member accounts' logs, a cross-account destination, a
    /// Kinesis data stream, Firehose with a transform, OpenSearch, and S3 as backup.
    #[must_use]
    pub fn centralized_logging() -> LabBuilder {
        LabBuilder::new()
    }

    /// A configuration with which every client of the AWS SDK for Rust talks to an account of this
    /// lab: `master`, `member-1` and on, or 12 digits.
    ///
    /// # Panics
    /// When the lab has no such account; see [`Lab::try_sdk_config`].
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "documented: a test that names no account of its lab is wrong"
    )]
    pub fn sdk_config(&self, account: &str) -> SdkConfig {
        match self.try_sdk_config(account) {
            Ok(config) => config,
            Err(error) => panic!("{error}"),
        }
    }

    /// As [`Lab::sdk_config`], with an error for an account that the lab does not have.
    ///
    /// # Errors
    /// [`Error::Account`].
    pub fn try_sdk_config(&self, account: &str) -> Result<SdkConfig> {
        Ok(sdk_config(&self.core, self.account(account)?, &self.plan.names.region))
    }

    /// A client for signed calls in the name of an account's root, for services without SDK
    /// client at hand.
    ///
    /// # Errors
    /// [`Error::Account`].
    pub fn signed(&self, account: &str) -> Result<SignedClient> {
        let account = self.account(account)?;
        Ok(SignedClient::new(self.core.clone(), account, self.plan.names.region.clone()))
    }

    /// The OpenSearch domain's data plane.
    #[must_use]
    pub fn opensearch(&self) -> OpenSearch {
        OpenSearch::new(self.core.clone(), self.plan.names.clone())
    }

    /// The id of an account: `master`, `member-1` and on, or 12 digits.
    ///
    /// # Errors
    /// [`Error::Account`].
    pub fn account(&self, name: &str) -> Result<AccountId> {
        self.plan.accounts.named(name).ok_or_else(|| Error::Account {
            name: name.to_owned(),
            members: self.plan.accounts.members.len(),
        })
    }

    /// The lab's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.core.lock().now()
    }

    /// Sends traffic into the member accounts, from now on and for as long as it lasts.
    ///
    /// # Errors
    /// When the load is impossible, or CloudWatch Logs refuses events.
    pub async fn send(&self, load: impl Into<Load>) -> Result<()> {
        self.send_all(vec![load.into()]).await
    }

    /// Sends several loads at once.
    ///
    /// # Errors
    /// As [`Lab::send`].
    pub async fn send_all(&self, loads: Vec<Load>) -> Result<()> {
        check_size(&loads)?;
        let number = self.sent.lock().unwrap_or_else(PoisonError::into_inner).len();
        let plan = TrafficPlan {
            seed: tributary_vocabulary::Seed::new(self.settings.seed)
                .child("traffic")
                .numbered(number as u64),
            world_seed: tributary_vocabulary::Seed::new(self.settings.seed),
            start: self.now(),
            region: self.plan.names.region.clone(),
            accounts: self.plan.accounts.all(),
            loads: loads.into_iter().map(|load| self.in_accounts(load)).collect(),
            incidents: self.settings.incidents.clone(),
            flow_format: self.plan.flow_format.clone(),
            administrator: Some(self.plan.accounts.master),
            ..TrafficPlan::default()
        };
        let sent = send(&self.core, &self.ledger, &self.plan, plan).await?;
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(sent);
        Ok(())
    }

    /// The walk-through sets up flow logs and trails in the members, and findings everywhere.
    fn in_accounts(&self, load: Load) -> Load {
        match load.source {
            Source::GuardDuty => load,
            _ => load.weighing(self.plan.accounts.master, 0),
        }
    }

    /// Waits until nothing is on its way any more, reads both ends, and accounts for every event.
    ///
    /// # Errors
    /// None today; backends that can fail while reading will use it.
    pub async fn settle(&self) -> Result<Delivered> {
        let quiet = settle::settle(&self.core).await;
        let expected = Expected { backup: true, in_flight: !quiet };
        Ok(self.judge(expected))
    }

    /// What was sent, load by load: counts by source, account and log stream, and the incidents
    /// that were planted.
    #[must_use]
    pub fn truth(&self) -> Vec<Truth> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.iter().map(|sent| sent.truth.clone()).collect()
    }

    /// The faults that were planted so far, with the texts of the events that they hit, as they were.
    #[must_use]
    pub fn planted(&self) -> Vec<(Inject, String)> {
        self.planter.lock().planted().to_vec()
    }

    fn parts(&self) -> LabParts<'_> {
        LabParts {
            core: &self.core,
            ledger: &self.ledger,
            planter: &self.planter,
            plan: &self.plan,
            provisioned: &self.provisioned,
            settings: &self.settings,
            wall: self.wall,
            sent: self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    fn judge(&self, expected: Expected) -> Delivered {
        Delivered::new(crate::judge::judge(&self.parts(), expected))
    }
}

/// What the judge looks at.
pub(crate) struct LabParts<'a> {
    pub(crate) core: &'a SharedCore,
    pub(crate) ledger: &'a SharedLedger,
    pub(crate) planter: &'a SharedPlanter,
    pub(crate) plan: &'a Plan,
    pub(crate) provisioned: &'a Provisioned,
    pub(crate) settings: &'a Settings,
    pub(crate) wall: WallClock,
    pub(crate) sent: Vec<Sent>,
}

impl std::fmt::Debug for Lab {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lab").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// Refuses more events than a ledger can follow.
fn check_size(loads: &[Load]) -> Result<()> {
    const MOST: u64 = 500_000_000;
    let events: f64 = loads
        .iter()
        .map(|load| match load.count {
            Some(count) => count as f64,
            None => load.rate.events_per_second() * load.duration_ms as f64 / 1_000.0,
        })
        .sum();
    let given = if events.is_finite() { events.round() as u64 } else { u64::MAX };
    if given <= MOST {
        return Ok(());
    }
    let what = "the number of events of a load (rate times duration)";
    Err(Error::Range { what, least: 1, most: MOST, given })
}

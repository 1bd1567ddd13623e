//! A lab: one world, its doors, and what was sent into it.

mod builder;
mod delivered;
mod explain;
mod opensearch;
mod remote;
mod settle;

use std::sync::{Mutex, PoisonError};

use aws_types::SdkConfig;
use tributary_generators::{Load, TrafficPlan, Truth, Worker};
use tributary_vocabulary::{AccountId, Source, Timestamp};

use crate::backend::Capability;
use crate::bridge::Bridges;
use crate::door::SignedClient;
use crate::driver::{Clock, WallClock};
use crate::ends::{self, Gathered};
use crate::faults::{Inject, SharedPlanter};
use crate::ground::Ground;
use crate::ledger::{Expected, SharedLedger};
use crate::load::{Sent, send};
use crate::topology::{Plan, Provisioned};
use crate::workers::{Crew, Told};
use crate::{Error, Result};

pub(crate) use builder::DEFAULT_SEED;
pub use builder::LabBuilder;
pub use delivered::Delivered;
pub use explain::Explanation;
pub use opensearch::OpenSearch;
use remote::Upkept;

/// One world of its own: accounts, policies, the pipeline and its two ends, in this process; or the
/// same at an endpoint.
///
/// Many embedded labs may live side by side; they share nothing.
pub struct Lab {
    ground: Ground,
    ledger: SharedLedger,
    planter: SharedPlanter,
    plan: Plan,
    provisioned: Provisioned,
    settings: Settings,
    wall: WallClock,
    sent: Mutex<Vec<Sent>>,
    /// The hops that the harness carries at an endpoint.
    bridges: Option<Bridges>,
    /// What was made at an endpoint.
    upkept: Option<Upkept>,
    /// The other workers of this load.
    crew: Option<Crew>,
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
    /// The backend's name.
    pub(crate) backend: &'static str,
    pub(crate) worker: Worker,
    pub(crate) requires: Vec<Capability>,
    pub(crate) bridges_allowed: bool,
    pub(crate) strict: bool,
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
        let home = self.plan.home(self.account(account)?);
        Ok(self.ground.sdk_config(home, &self.plan.names.region)?)
    }

    /// A client for signed calls in the name of an account's root, for services without SDK
    /// client at hand.
    ///
    /// # Errors
    /// [`Error::Account`].
    pub fn signed(&self, account: &str) -> Result<SignedClient> {
        let home = self.plan.home(self.account(account)?);
        Ok(self.ground.signed(home, &self.plan.names.region)?)
    }

    /// The OpenSearch domain's data plane.
    #[must_use]
    pub fn opensearch(&self) -> OpenSearch {
        match &self.ground {
            Ground::Embedded(core) => OpenSearch::domain(core.clone(), self.plan.names.clone()),
            Ground::Remote(remote) => OpenSearch::server(remote.opensearch.clone()),
        }
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
        self.ground.now()
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
        let start = match &self.crew {
            None => self.now(),
            Some(crew) => {
                let Settings { scenario, seed, incidents, .. } = &self.settings;
                let members = self.plan.accounts.members.len();
                let told = Told::default()
                    .with("scenario", scenario)
                    .with("seed", seed)
                    .with("members", members)
                    .with("flow format", format!("{:?}", self.plan.flow_format))
                    .sending(&loads, incidents);
                crew.begin(told).await?
            }
        };
        let plan = TrafficPlan {
            seed: tributary_vocabulary::Seed::new(self.settings.seed)
                .child("traffic")
                .numbered(number as u64),
            world_seed: tributary_vocabulary::Seed::new(self.settings.seed),
            start,
            region: self.plan.names.region.clone(),
            accounts: self.plan.accounts.all(),
            loads: loads.into_iter().map(|load| self.in_accounts(load)).collect(),
            incidents: self.settings.incidents.clone(),
            flow_format: self.plan.flow_format.clone(),
            administrator: Some(self.plan.accounts.master),
            worker: self.settings.worker,
        };
        if let Some(remote) = self.ground.remote() {
            let events: u64 = plan.loads.iter().filter_map(|load| load.count).sum();
            let longest = plan.loads.iter().map(|load| load.duration_ms).max().unwrap_or(0);
            let together = match self.settings.worker.count {
                1 => String::new(),
                count => format!(", {count} workers together"),
            };
            remote.tell(&format!("sending {events} events in {} s{together}", longest / 1_000));
        }
        let sent = send(&self.ground, &self.ledger, &self.plan, plan).await?;
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
    /// When the backend refuses to have its ends read.
    pub async fn settle(&self) -> Result<Delivered> {
        match &self.ground {
            Ground::Embedded(core) => {
                let quiet = settle::settle(core).await;
                let expected = Expected { index: true, backup: true, in_flight: !quiet };
                Ok(self.judge(expected, None))
            }
            Ground::Remote(remote) => {
                if let Some(crew) = &self.crew {
                    crew.wait_for_others().await.iter().for_each(|gone| remote.tell(gone));
                }
                let s3 = self.ground.s3(self.plan.names.master, &self.plan.names.region)?;
                let over = async {
                    match &self.crew {
                        Some(crew) => crew.without_leader().await,
                        None => std::future::pending().await,
                    }
                };
                let (gathered, quiet) =
                    ends::settle(remote, &self.ledger, s3, self.bridges.as_ref(), over).await;
                let expected = Expected { in_flight: !quiet, ..ends::expected(remote) };
                Ok(self.judge(expected, Some(gathered)))
            }
        }
    }

    /// Ends a lab: at an endpoint, stops what the harness carries and removes what was set up. What
    /// could not be removed. An embedded lab ends when it is dropped, and so does every other, on
    /// the spot.
    ///
    /// # Errors
    /// None today.
    pub async fn end(mut self) -> Result<Vec<String>> {
        let mut left = Vec::new();
        if let Some(crew) = self.crew.take()
            && let (Some(trouble), Ground::Remote(remote)) = (crew.end().await, &self.ground)
        {
            remote.tell(&trouble);
        }
        if let Some(bridges) = self.bridges.take() {
            bridges.stop().await;
        }
        if let Some(upkept) = &mut self.upkept {
            left.extend(upkept.end().await);
        }
        Ok(left)
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
            ground: &self.ground,
            bridges: self.bridges.as_ref(),
            ledger: &self.ledger,
            planter: &self.planter,
            plan: &self.plan,
            provisioned: &self.provisioned,
            settings: &self.settings,
            wall: self.wall,
            sent: self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    fn judge(&self, expected: Expected, gathered: Option<Gathered>) -> Delivered {
        Delivered::new(crate::judge::judge(&self.parts(), expected, gathered))
    }
}

/// What the judge looks at.
pub(crate) struct LabParts<'a> {
    pub(crate) ground: &'a Ground,
    pub(crate) bridges: Option<&'a Bridges>,
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

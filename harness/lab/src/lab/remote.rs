//! A lab at an endpoint: finds out what is there, sets the topology up, and starts what carries the
//! hops that are missing.

use std::sync::Arc;

use tributary_transform::Transform;
use tributary_vocabulary::Seed;

use super::{Lab, Settings};
use crate::backend::{Backend, BackendError, Capability};
use crate::bridge::{
    BridgePlan, Bridges, BulkIndex, Central, DeliveryStream, DocumentTarget, IndexLeg, Outbox,
};
use crate::driver::Clock;
use crate::faults::{Planter, SharedPlanter};
use crate::ground::{Backup, Ground, Index, Remote, SOURCES, Subscribe, Tell};
use crate::ledger::{Identifier, SharedLedger};
use crate::topology::{Accounts, Names, Plan, make_ready, provision};
use crate::upkeep::{Doors, Mark, Site, Whose, survey, tear_down, things_of};
use crate::{Error, Lack, Result};

/// How a lab at an endpoint is begun.
pub(super) struct How {
    pub(super) backend: Backend,
    pub(super) mark: Mark,
    pub(super) replace: bool,
    pub(super) tell: Tell,
}

/// A lab at an endpoint.
pub(super) async fn remote(
    mut settings: Settings,
    mut plan: Plan,
    transform: Box<dyn Transform>,
    how: How,
) -> Result<Lab> {
    let region = plan.names.region.clone();
    let (master, member) = (plan.accounts.master, plan.accounts.members.first().copied());
    let How { backend, mark, replace, tell } = how;
    let remote = Remote::open(&backend, &region, master, member, mark, tell).await?;
    let remote = Arc::new(remote);
    remote.tell(&format!("{} answers", remote.title));
    settle_accounts(&remote, &mut plan)?;
    refuse_lacks(&remote, &settings)?;
    let ground = Ground::Remote(Arc::clone(&remote));
    let identifier = Identifier::new(&plan.flow_format)?;
    let site = Upkept::begin(&remote, &plan, replace).await?;
    remote.tell("setting the topology up");
    let started = remote.wall.now();
    let ledger = SharedLedger::new(started, identifier.clone());
    let provisioned = provision(&ground, &ledger, &plan).await?;
    let bridges = bridges(&remote, &plan, &ledger, transform)?;
    make_ready(&ground, &plan).await?;
    settings.clock = Clock::Real;
    settings.epoch = started;
    let planter =
        SharedPlanter::new(Planter::new(&[], plan.accounts.all(), identifier, Seed::new(0)));
    let wall = remote.wall;
    let sent = std::sync::Mutex::default();
    let (bridges, upkept) = (Some(bridges), Some(site));
    Ok(Lab { ground, ledger, planter, plan, provisioned, settings, wall, sent, bridges, upkept })
}

/// The accounts that the endpoint has, in the place of those that the embedded lab would have.
fn settle_accounts(remote: &Remote, plan: &mut Plan) -> Result<()> {
    plan.route = remote.route;
    plan.one_account = remote.one_account;
    if let Some((master, members)) = remote.accounts.split_first() {
        let wanted = plan.accounts.members.len();
        if members.len() < wanted && remote.one_account.is_none() {
            let text = format!(
                "the accounts that may be used are a master and {} members, and the scenario has \
                 {wanted}: allow more with --allow-account, or give --members {}",
                members.len(),
                members.len()
            );
            return Err(BackendError::RealAws(text).into());
        }
        let members = members.iter().copied().take(wanted).collect();
        plan.accounts = Accounts { master: *master, members };
    }
    if let Some(one) = remote.one_account {
        plan.accounts.master = one;
    }
    plan.names.master = plan.accounts.master;
    Ok(())
}

/// Refuses a backend that lacks what the scenario requires, or whose missing hops the harness would
/// have to carry where the scenario allows no bridge.
fn refuse_lacks(remote: &Remote, settings: &Settings) -> Result<()> {
    let mut required = settings.requires.clone();
    if !settings.injects.is_empty() {
        required.push(Capability::Faults);
    }
    let mut lacks: Vec<Lack> = required
        .into_iter()
        .filter_map(|it| {
            let reason = remote.capabilities.lacks(it)?.to_owned();
            Some(Lack { requires: it.name().to_owned(), reason })
        })
        .collect();
    if !settings.bridges_allowed {
        let bridges = remote.route.bridges();
        // To make traffic is what the harness is there for.
        lacks.extend(bridges.into_iter().filter(|(name, _)| *name != SOURCES).map(|(name, text)| {
            Lack {
                requires: format!("no bridge {name}"),
                reason: format!("the harness would have to carry events {text}"),
            }
        }));
    }
    if lacks.is_empty() {
        return Ok(());
    }
    Err(Error::Lacking { backend: settings.backend, title: remote.title.clone(), lacks })
}

/// What a run made at an endpoint, until it is torn down.
pub(super) struct Upkept {
    remote: Arc<Remote>,
    site: Site,
    gone: bool,
}

impl Upkept {
    /// Looks whether the place is free, removes what an earlier run left when that is wanted, and
    /// marks the index.
    async fn begin(remote: &Arc<Remote>, plan: &Plan, replace: bool) -> Result<Self, BackendError> {
        let site = things_of(plan);
        let doors = Doors::new(&remote.aws, remote.opensearch.as_ref());
        let mut found = survey(&doors, &site).await?;
        if replace && !found.leftovers().is_empty() {
            remote.tell("removing what an earlier run left");
            let left = tear_down(&doors, &found.leftovers(), Whose::AnyRun).await;
            if let Some(first) = left.first() {
                return Err(BackendError::Occupied(first.clone()));
            }
            found = survey(&doors, &site).await?;
        }
        found.must_be_free()?;
        let upkept = Self { remote: Arc::clone(remote), site, gone: false };
        if let Some(opensearch) = &remote.opensearch {
            crate::ends::mark_index(opensearch, &remote.mark)?;
        }
        Ok(upkept)
    }

    /// Removes what the run made; what could not be removed.
    pub(super) async fn end(&mut self) -> Vec<String> {
        if std::mem::replace(&mut self.gone, true) || self.remote.keep {
            return Vec::new();
        }
        self.remote.tell("removing what was set up");
        let doors = Doors::new(&self.remote.aws, self.remote.opensearch.as_ref());
        let whose = Whose::Run(self.remote.mark.run().to_owned());
        tear_down(&doors, &self.site, whose).await
    }
}

impl Drop for Upkept {
    /// A lab that is dropped without having ended, by a panic or an interrupt, tears down as well:
    /// on a thread of its own, since whoever drops it may be in the middle of a runtime.
    fn drop(&mut self) {
        if self.gone || self.remote.keep {
            return;
        }
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                if let Ok(runtime) = runtime {
                    for left in runtime.block_on(self.end()) {
                        self.remote.tell(&left);
                    }
                }
            });
        });
    }
}

/// Starts the bridges of a run's way.
fn bridges(
    remote: &Remote,
    plan: &Plan,
    ledger: &SharedLedger,
    transform: Box<dyn Transform>,
) -> Result<Bridges, BackendError> {
    let names = &plan.names;
    let config = remote.aws.sdk_config(names.master)?;
    let mut outboxes = Vec::new();
    if plan.route.subscribe == Subscribe::Outbox {
        for account in &plan.accounts.members {
            outboxes.push(Outbox {
                account: *account,
                config: remote.aws.sdk_config(*account)?,
                stream: Names::OUTBOX.to_owned(),
            });
        }
    }
    // Who observes no buffering hints delivers at once.
    let delivers_at_once = !remote.capabilities.has(Capability::BufferTiming);
    let put = |name: &str| DeliveryStream {
        config: config.clone(),
        name: name.to_owned(),
        delivers_at_once,
    };
    let to = match plan.route.index {
        Index::Whole => None,
        Index::Documents => Some(DocumentTarget::Firehose(put(Names::DOCUMENTS_STREAM))),
        Index::Bulk => remote.opensearch.clone().map(|door| {
            let index = Names::INDEX.to_owned();
            DocumentTarget::Bulk(Box::new(BulkIndex::new(door, index)))
        }),
        Index::None => Some(DocumentTarget::Nowhere),
    };
    let opensearch = remote.opensearch.clone();
    let index = to.map(|to| IndexLeg {
        transform,
        to,
        delivery_stream_arn: names.delivery_stream_arn(),
        takes_documents: opensearch.map(|door| crate::ends::takes_documents(door)),
    });
    Ok(Bridges::start(BridgePlan {
        ledger: ledger.clone(),
        clock: remote.wall,
        outboxes,
        central: Central {
            config: config.clone(),
            stream: Names::STREAM.to_owned(),
            stream_arn: names.stream_arn(),
            region: names.region.clone(),
        },
        backup: (plan.route.backup == Backup::Put).then(|| put(Names::DELIVERY_STREAM)),
        index,
    }))
}

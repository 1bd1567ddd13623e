//! A lab at an endpoint: finds out what is there, sets the topology up, and starts what carries the
//! hops that are missing.

use std::sync::Arc;

use tributary_generators::Worker;
use tributary_transform::Transform;
use tributary_vocabulary::{Seed, Stage};

use super::{Lab, Settings};
use crate::backend::{Backend, BackendError, Capability};
use crate::bridge::{
    BridgePlan, Bridges, Central, DeliveryStream, DocumentTarget, IndexLeg, Outbox,
};
use crate::driver::Clock;
use crate::ends::BulkIndex;
use crate::faults::{Planter, SharedPlanter};
use crate::ground::{Backup, Ground, Index, Remote, SOURCES, Subscribe, Tell};
use crate::ledger::{Identifier, Share, SharedLedger};
use crate::topology::{Accounts, Names, Plan, Provisioned, make_ready, provision};
use crate::upkeep::{
    Doors, Kind, Mark, Thing, Whose, anything_of, forget_positions, survey, tear_down, things_of,
};
use crate::workers::{self, Crew};
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
    remote.tell(&format!("found {}", remote.title));
    settle_accounts(&remote, &mut plan)?;
    refuse_lacks(&remote, &settings)?;
    let ground = Ground::Remote(Arc::clone(&remote));
    let identifier = Identifier::new(&plan.flow_format)?;
    settings.clock = Clock::Real;
    settings.epoch = remote.wall.now();
    let ledger = SharedLedger::new(settings.epoch, identifier.clone());
    ledger.lock().one_account = remote.one_account;
    let (all, no_seed) = (plan.accounts.all(), Seed::new(0));
    let mut lab = Lab {
        ground: ground.clone(),
        ledger: ledger.clone(),
        planter: SharedPlanter::new(Planter::new(&[], all, identifier, no_seed)),
        plan,
        provisioned: Provisioned::default(),
        wall: remote.wall,
        sent: std::sync::Mutex::default(),
        bridges: None,
        upkept: None,
        crew: None,
        settings,
    };
    let worker = lab.settings.worker;
    if worker.count > 1 {
        let only_leader_sees = only_leader_sees(&remote, &lab.plan);
        let share = Share { leads: worker.index == 0, only_leader_sees };
        lab.ledger.lock().share = Some(share);
    }
    let s3 = ground.s3(lab.plan.names.master, &region)?;
    if worker.index > 0 {
        remote.tell(&format!("waiting for worker 1 of {} to set the topology up", worker.count));
        lab.crew = Some(Crew::follow(s3, lab.plan.names.master, worker, remote.wall).await?);
        if !remote.capabilities.has(Capability::ShardLimits) {
            lab.bridges = Some(look_on(&remote, &lab.plan, &ledger)?);
        }
        return Ok(lab);
    }
    lab.upkept = Some(Upkept::begin(&remote, &lab.plan, worker, replace).await?);
    remote.tell("setting the topology up");
    lab.provisioned = provision(&ground, &ledger, &lab.plan).await?;
    if !lab.plan.route.is_whole() {
        lab.bridges = Some(bridges(&remote, &lab.plan, &ledger, transform)?);
    }
    make_ready(&ground, &lab.plan).await?;
    if worker.count > 1 {
        make_board(&s3, &lab.plan, &remote.mark).await?;
        lab.crew = Some(Crew::lead(s3, lab.plan.names.master, worker, remote.wall));
    }
    Ok(lab)
}

/// The stages that are seen by worker 1 alone, which carries what all send.
fn only_leader_sees(remote: &Remote, plan: &Plan) -> Vec<Stage> {
    let mut stages = Vec::new();
    if plan.route.is_whole() {
        return stages;
    }
    // To look at the stream costs a reader's share of it, where shares are limited.
    let nobody_looks_on = remote.capabilities.has(Capability::ShardLimits);
    let on_the_stream = matches!(plan.route.subscribe, Subscribe::Direct | Subscribe::Destination);
    if plan.route.subscribe == Subscribe::Outbox || (on_the_stream && nobody_looks_on) {
        stages.push(Stage::Subscription);
    }
    if nobody_looks_on {
        stages.push(Stage::Kinesis);
    }
    stages.extend([Stage::Firehose, Stage::Transform]);
    stages
}

/// Makes the bucket on which workers leave each other notes.
async fn make_board(s3: &aws_sdk_s3::Client, plan: &Plan, mark: &Mark) -> Result<(), BackendError> {
    let bucket = workers::bucket(plan.names.master);
    crate::topology::make_bucket(s3, &bucket, &plan.names.region, mark)
        .await
        .map_err(|why| BackendError::Unfit(format!("s3://{bucket} for the workers: {why}")))
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
        lacks.extend(bridges.into_iter().filter(|(name, _)| *name != SOURCES).map(
            |(name, text)| Lack {
                requires: format!("no bridge {name}"),
                reason: format!("the harness would have to carry events {text}"),
            },
        ));
    }
    if lacks.is_empty() {
        return Ok(());
    }
    Err(Error::Lacking { backend: settings.backend, title: remote.title.clone(), lacks })
}

fn doors(remote: &Remote) -> Doors {
    Doors { aws: remote.aws.clone(), search: remote.opensearch.clone() }
}

/// What a run made at an endpoint, until it is torn down.
pub(super) struct Upkept {
    remote: Arc<Remote>,
    things: Vec<Thing>,
    gone: bool,
}

impl Upkept {
    /// Looks whether the place is free, removes what an earlier run left when that is wanted, and
    /// marks the index.
    async fn begin(
        remote: &Arc<Remote>,
        plan: &Plan,
        worker: Worker,
        replace: bool,
    ) -> Result<Self, BackendError> {
        let board =
            || Thing::new(Kind::Bucket, plan.names.master, workers::bucket(plan.names.master));
        let mut things = things_of(plan);
        if worker.count > 1 {
            things.push(board());
        }
        let doors = doors(remote);
        if replace {
            let mut anything = anything_of(plan);
            anything.push(board());
            let leftovers = survey(&doors, &anything).await?.leftovers();
            if !leftovers.is_empty() {
                remote
                    .tell(&format!("removing {} things that an earlier run left", leftovers.len()));
                let left = tear_down(&doors, &leftovers, Whose::AnyRun).await;
                if let Some(first) = left.first() {
                    return Err(BackendError::Occupied(first.clone()));
                }
            }
        }
        survey(&doors, &things).await?.must_be_free()?;
        forget_positions(&doors, &things).await?;
        let upkept = Self { remote: Arc::clone(remote), things, gone: false };
        if let Some(opensearch) = &remote.opensearch {
            crate::ends::mark_index(opensearch, &remote.mark)?;
        }
        Ok(upkept)
    }

    /// Removes what the run made; what could not be removed.
    pub(super) async fn end(&mut self) -> Vec<String> {
        if self.gone || self.remote.keep {
            return Vec::new();
        }
        self.remote.tell("removing what was set up");
        let whose = Whose::Run(self.remote.mark.clone());
        let left = tear_down(&doors(&self.remote), &self.things, whose).await;
        // Whoever is interrupted before this removes the rest when it is dropped.
        self.gone = true;
        left
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
    let delivery = config.clone();
    let put = |name: &str| DeliveryStream {
        config: delivery.clone(),
        name: name.to_owned(),
        delivers_at_once,
    };
    let to = match plan.route.index {
        Index::Whole => None,
        Index::Documents => Some(DocumentTarget::Firehose(Box::new(put(Names::DOCUMENTS_STREAM)))),
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
        takes_documents: opensearch.map(crate::ends::takes_documents),
    });
    let backup = (plan.route.backup == Backup::Put).then(|| put(Names::DELIVERY_STREAM));
    let central = central(plan, config);
    let (ledger, clock) = (ledger.clone(), remote.wall);
    Ok(Bridges::start(BridgePlan { ledger, clock, outboxes, central, backup, index }))
}

/// Reads the central stream to see what comes by, and carries nothing.
fn look_on(remote: &Remote, plan: &Plan, ledger: &SharedLedger) -> Result<Bridges, BackendError> {
    let central = central(plan, remote.aws.sdk_config(plan.names.master)?);
    let (ledger, clock) = (ledger.clone(), remote.wall);
    let outboxes = Vec::new();
    Ok(Bridges::start(BridgePlan { ledger, clock, outboxes, central, backup: None, index: None }))
}

fn central(plan: &Plan, config: aws_types::SdkConfig) -> Central {
    let names = &plan.names;
    let (stream_arn, region) = (names.stream_arn(), names.region.clone());
    Central { config, stream: Names::STREAM.to_owned(), stream_arn, region }
}

//! Lets the sources of all accounts make what the generators say: each by its own service, or at an
//! endpoint, where none can be told what to log, by the harness in their place.

mod envelopes;
mod puts;
mod sender;

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_generators::{Batch, BatchHead, TrafficPlan, Truth};
use tributary_vocabulary::{AccountId, Source, Timestamp};

use crate::Result;
use crate::driver::Clock;
use crate::ground::Ground;
use crate::ledger::{SharedLedger, StreamKey};
use crate::topology::{Names, Plan};

use puts::Puts;
use sender::Sender;

/// A batch that is sent this much after its intended time is late.
const LATE_MS: i64 = 1_000;

/// What was sent, so that it can be made again, and how punctually.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) plan: TrafficPlan,
    /// What it was.
    pub(crate) truth: Truth,
    /// Events that were sent later than intended, by source and account.
    pub(crate) late: Late,
    pub(crate) ended: Timestamp,
}

/// Events that were sent later than intended, by source and account.
pub(crate) type Late = BTreeMap<(Source, AccountId), u64>;

/// The way in.
enum Way<'a> {
    Services(Sender<'a>),
    Puts(Puts),
}

/// Sends all traffic of a plan, each batch at its intended time.
pub(crate) async fn send(
    ground: &Ground,
    ledger: &SharedLedger,
    topology: &Plan,
    plan: TrafficPlan,
) -> Result<Sent> {
    let way = match ground {
        Ground::Embedded(core) => Way::Services(Sender::new(core, topology)),
        Ground::Remote(remote) => Way::Puts(Puts::start(remote, ledger, topology)?),
    };
    let groups = groups(topology);
    let mut truth = Truth::new(&plan);
    let mut late = Late::new();
    let mut end = plan.start;
    for load in &plan.loads {
        end = end.max(plan.start.plus_ms(load.after_ms).plus_ms(load.duration_ms));
    }
    let mut traffic = plan.traffic()?;
    for mut batch in &mut traffic {
        if let (Source::GuardDuty, Way::Services(sender)) = (batch.source, &way) {
            batch.log_stream = Arc::clone(&sender.findings_stream);
        }
        truth.count(&head(&batch));
        wait_until(ground, batch.at).await;
        if let Some(group) = groups.get(&(batch.account, batch.source)) {
            let key = key(topology, &batch, group);
            ledger.lock().sent(batch.at, key.clone(), &batch.events);
            match &way {
                Way::Services(sender) => {
                    note_late(&mut late, ground.now(), &batch);
                    sender.publish(&batch);
                }
                Way::Puts(puts) => puts.put(key, batch).await,
            }
        }
    }
    wait_until(ground, end).await;
    if let Way::Puts(puts) = way {
        late = puts.end().await;
    }
    truth.close(&traffic);
    Ok(Sent { plan, truth, late, ended: end })
}

fn head(batch: &Batch) -> BatchHead {
    BatchHead {
        at: batch.at,
        account: batch.account,
        region: batch.region.clone(),
        source: batch.source,
        log_stream: Arc::clone(&batch.log_stream),
        origin: batch.origin.clone(),
        events: batch.events.len(),
    }
}

fn key(topology: &Plan, batch: &Batch, group: &Arc<str>) -> StreamKey {
    let gathered = batch.source == Source::GuardDuty;
    let owner = if gathered { topology.accounts.master } else { batch.account };
    StreamKey {
        account: batch.account,
        owner: topology.home(owner),
        source: batch.source,
        group: group.clone(),
        stream: batch.log_stream.clone(),
    }
}

fn note_late(late: &mut Late, now: Timestamp, batch: &Batch) {
    if now.ms_since(batch.at) > LATE_MS {
        *late.entry((batch.source, batch.account)).or_default() += batch.events.len() as u64;
    }
}

async fn wait_until(ground: &Ground, at: Timestamp) {
    if let Ground::Embedded(core) = ground {
        let mut core = core.lock();
        if core.clock() == Clock::Virtual {
            core.advance_to(at);
        }
    }
    if ground.clock() == Clock::Real
        && let Ok(ms) = u64::try_from(at.ms_since(ground.now()))
    {
        ground.wait(std::time::Duration::from_millis(ms)).await;
    }
}

/// The log group of every account and source.
fn groups(topology: &Plan) -> BTreeMap<(AccountId, Source), Arc<str>> {
    let accounts = &topology.accounts;
    let mut groups = BTreeMap::new();
    let members = (1..).zip(accounts.members.iter().copied());
    for (number, account) in std::iter::once((0, accounts.master)).chain(members) {
        for source in Source::ALL {
            groups.insert((account, source), Arc::from(Names::log_group(source, number).as_str()));
        }
    }
    groups
}

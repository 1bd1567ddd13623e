//! Lets the sources of all accounts make what the generators say, each by its own service.

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_emulator::{cloudtrail, ec2, events, guardduty};
use tributary_generators::{Batch, BatchHead, Origin, TrafficPlan, Truth};
use tributary_vocabulary::{AccountId, Source, Timestamp};

use crate::Result;
use crate::driver::{Clock, SharedCore, wait};
use crate::ledger::{SharedLedger, StreamKey};
use crate::topology::{Accounts, Names, Plan};

/// A batch that is sent this much after its intended time is late.
const LATE_MS: i64 = 1_000;

/// What was sent, so that it can be made again, and how punctually.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) plan: TrafficPlan,
    /// What it was.
    pub(crate) truth: Truth,
    /// Events that were sent later than intended, by source and account.
    pub(crate) late: BTreeMap<(Source, AccountId), u64>,
    pub(crate) ended: Timestamp,
}

/// Sends all traffic of a plan, each batch at its intended time.
pub(crate) async fn send(
    core: &SharedCore,
    ledger: &SharedLedger,
    topology: &Plan,
    plan: TrafficPlan,
) -> Result<Sent> {
    let sender = Sender::new(core, ledger, topology);
    let mut truth = Truth::new(&plan);
    let mut late = BTreeMap::new();
    let mut end = plan.start;
    for load in &plan.loads {
        end = end.max(plan.start.plus_ms(load.after_ms).plus_ms(load.duration_ms));
    }
    let mut traffic = plan.traffic()?;
    for mut batch in &mut traffic {
        if batch.source == Source::GuardDuty {
            batch.log_stream = Arc::clone(&sender.findings_stream);
        }
        truth.count(&head(&batch));
        sender.wait_until(batch.at).await;
        let now = core.lock().now();
        if now.ms_since(batch.at) > LATE_MS {
            *late.entry((batch.source, batch.account)).or_default() += batch.events.len() as u64;
        }
        sender.publish(&batch);
    }
    sender.wait_until(end).await;
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

/// The log group of every account and source.
fn groups(accounts: &Accounts) -> BTreeMap<(AccountId, Source), Arc<str>> {
    let mut groups = BTreeMap::new();
    let members = (1..).zip(accounts.members.iter().copied());
    for (number, account) in std::iter::once((0, accounts.master)).chain(members) {
        for source in Source::ALL {
            groups.insert((account, source), Arc::from(Names::log_group(source, number).as_str()));
        }
    }
    groups
}

struct Sender<'a> {
    core: &'a SharedCore,
    ledger: &'a SharedLedger,
    groups: BTreeMap<(AccountId, Source), Arc<str>>,
    master: AccountId,
    /// The log stream into which the rule of the master writes all findings.
    findings_stream: Arc<str>,
}

impl<'a> Sender<'a> {
    fn new(core: &'a SharedCore, ledger: &'a SharedLedger, topology: &Plan) -> Self {
        let Plan { accounts, names, .. } = topology;
        let (rule, group) = (names.findings_rule_arn(), names.findings_group_arn());
        let stream = events::log_stream_name(&core.lock().world, &rule, &group);
        Self {
            core,
            ledger,
            groups: groups(accounts),
            master: accounts.master,
            findings_stream: Arc::from(stream.as_str()),
        }
    }

    async fn wait_until(&self, at: Timestamp) {
        let (clock, now) = {
            let mut core = self.core.lock();
            if core.clock() == Clock::Virtual {
                core.advance_to(at);
            }
            (core.clock(), core.now())
        };
        if clock == Clock::Real
            && let Ok(ms) = u64::try_from(at.ms_since(now))
        {
            wait(self.core.clone(), std::time::Duration::from_millis(ms)).await;
        }
    }

    /// Takes the events down, and hands them to the service that makes them.
    fn publish(&self, batch: &Batch) {
        let Batch { account, region, source, events, .. } = batch;
        if let Some(group) = self.groups.get(&(*account, *source)) {
            let key = StreamKey {
                account: *account,
                owner: if *source == Source::GuardDuty { self.master } else { *account },
                source: *source,
                group: group.clone(),
                stream: batch.log_stream.clone(),
            };
            self.ledger.lock().sent(batch.at, key, events);
        }
        self.core.lock().with_world(|world| match (source, &batch.origin) {
            (Source::VpcFlowLogs, Origin::Interface { vpc_id, subnet_id, interface_id }) => {
                let nic = ec2::Nic { vpc_id, subnet_id, interface_id };
                ec2::publish(world, *account, region, &nic, events);
            }
            (Source::GuardDuty, _) => guardduty::publish(world, *account, region, events),
            // A trail, or what no interface saw.
            _ => cloudtrail::publish(world, *account, region, events),
        });
    }
}

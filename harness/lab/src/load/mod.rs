//! Lets the sources of all accounts make what the generators say, each by its own service.

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_emulator::{cloudtrail, ec2, guardduty};
use tributary_generators::{Batch, Origin, TrafficPlan};
use tributary_vocabulary::{AccountId, Source, Timestamp};

use crate::Result;
use crate::driver::{Clock, SharedCore, wait};
use crate::ledger::{SharedLedger, StreamKey};
use crate::topology::{Accounts, Names};

/// A batch that is sent this much after its intended time is late.
const LATE_MS: i64 = 1_000;

/// What was sent, so that it can be made again, and how punctually.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) plan: TrafficPlan,
    /// Events that were sent later than intended, by source and account.
    pub(crate) late: BTreeMap<(Source, AccountId), u64>,
    pub(crate) ended: Timestamp,
}

/// Sends all traffic of a plan, each batch at its intended time.
pub(crate) async fn send(
    core: &SharedCore,
    ledger: &SharedLedger,
    accounts: &Accounts,
    plan: TrafficPlan,
) -> Result<Sent> {
    let sender = Sender { core, ledger, groups: groups(accounts), master: accounts.master };
    let mut late = BTreeMap::new();
    let mut end = plan.start;
    for load in &plan.loads {
        end = end.max(plan.start.plus_ms(load.after_ms).plus_ms(load.duration_ms));
    }
    for batch in plan.traffic()? {
        sender.wait_until(batch.at).await;
        let now = core.lock().now();
        if now.ms_since(batch.at) > LATE_MS {
            *late.entry((batch.source, batch.account)).or_default() += batch.events.len() as u64;
        }
        sender.publish(&batch);
    }
    sender.wait_until(end).await;
    Ok(Sent { plan, late, ended: end })
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
}

impl Sender<'_> {
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

//! Sends what the generators make into the log groups of the member accounts.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use tributary_emulator::logs::ops::{create_log_stream, put_log_events};
use tributary_emulator::{Caller, ServiceError};
use tributary_generators::{Batch, TrafficPlan};
use tributary_vocabulary::{AccountId, EventRecord, Source, Timestamp};

use crate::driver::{Clock, SharedCore, wait};
use crate::ledger::{SharedLedger, StreamKey};
use crate::topology::{Accounts, Names};
use crate::{Error, Result};

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
    let mut sender = Sender {
        core,
        ledger,
        groups: groups(accounts),
        streams: BTreeSet::new(),
        region: plan.region.clone(),
    };
    let mut late = BTreeMap::new();
    let mut end = plan.start;
    for load in &plan.loads {
        end = end.max(plan.start.plus_ms(load.duration_ms));
    }
    for batch in plan.traffic()? {
        sender.wait_until(batch.at).await;
        let now = core.lock().now();
        if now.ms_since(batch.at) > LATE_MS {
            *late.entry((batch.source, batch.account)).or_default() += batch.events.len() as u64;
        }
        sender.put(batch)?;
    }
    sender.wait_until(end).await;
    Ok(Sent { plan, late, ended: end })
}

fn input_event(event: EventRecord) -> put_log_events::InputLogEvent {
    put_log_events::InputLogEvent {
        timestamp: Some(event.timestamp.ms()),
        message: Some(event.message),
    }
}

/// The log group of every account and source.
fn groups(accounts: &Accounts) -> BTreeMap<(AccountId, Source), Arc<str>> {
    let mut groups = BTreeMap::new();
    for (place, member) in accounts.members.iter().enumerate() {
        for source in Source::ALL {
            let group = Names::log_group(source, place + 1);
            groups.insert((*member, source), Arc::from(group.as_str()));
        }
    }
    groups
}

struct Sender<'a> {
    core: &'a SharedCore,
    ledger: &'a SharedLedger,
    groups: BTreeMap<(AccountId, Source), Arc<str>>,
    /// The log streams that are known to be there.
    streams: BTreeSet<StreamKey>,
    region: tributary_vocabulary::Region,
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

    fn put(&mut self, batch: Batch) -> Result<()> {
        let Some(group) = self.groups.get(&(batch.account, batch.source)) else {
            return Ok(());
        };
        let key = StreamKey {
            account: batch.account,
            source: batch.source,
            group: group.clone(),
            stream: batch.log_stream.clone(),
        };
        let caller = Caller::root(batch.account, self.region.clone());
        self.ledger.lock().sent(batch.at, key.clone(), &batch.events);
        let refused = |operation, error: &ServiceError| Error::Refused {
            operation,
            account: key.account.to_string(),
            group: key.group.to_string(),
            stream: key.stream.to_string(),
            message: error.to_string(),
        };
        if !self.streams.contains(&key) {
            let input = create_log_stream::Input {
                log_group_name: Some(key.group.to_string()),
                log_stream_name: Some(key.stream.to_string()),
            };
            let outcome =
                self.core.lock().with_world(|world| create_log_stream::run(world, &caller, input));
            match outcome {
                Err(error) if error.code != "ResourceAlreadyExistsException" => {
                    return Err(refused("CreateLogStream", &error));
                }
                _ => {}
            }
            self.streams.insert(key.clone());
        }
        let input = put_log_events::Input {
            log_group_name: Some(key.group.to_string()),
            log_stream_name: Some(key.stream.to_string()),
            log_events: Some(batch.events.into_iter().map(input_event).collect()),
            ..put_log_events::Input::default()
        };
        self.core
            .lock()
            .with_world(|world| put_log_events::run(world, &caller, input))
            .map_err(|error| refused("PutLogEvents", &error))?;
        Ok(())
    }
}

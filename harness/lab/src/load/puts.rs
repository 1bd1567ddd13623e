//! Traffic into an endpoint: PutLogEvents in the name of the account whose source it would be; where
//! there are no log groups, envelopes on the central stream.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_cloudwatchlogs::Client as Logs;
use aws_sdk_cloudwatchlogs::operation::put_log_events::PutLogEventsOutput;
use aws_sdk_cloudwatchlogs::types::InputLogEvent;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tributary_generators::Batch;
use tributary_vocabulary::{AccountId, Source, Stage, stable_hash};

use super::envelopes::Envelopes;
use super::{Late, note_late};
use crate::backend::BackendError;
use crate::ground::{Remote, Subscribe};
use crate::ledger::{SharedLedger, Stop, StreamKey};
use crate::topology::Plan;

/// Calls that are made at the same time.
const LANES: usize = 8;
/// Batches that wait in a lane before the generator waits for it.
const WAITING: usize = 64;

/// The way into an endpoint.
pub(super) struct Puts {
    lanes: Vec<mpsc::Sender<(StreamKey, Batch)>>,
    tasks: Vec<JoinHandle<()>>,
    late: Arc<Mutex<Late>>,
}

impl Puts {
    pub(super) fn start(
        remote: &Arc<Remote>,
        ledger: &SharedLedger,
        topology: &Plan,
    ) -> Result<Self, BackendError> {
        let late = Arc::new(Mutex::new(Late::new()));
        let mut clients = BTreeMap::new();
        for account in topology.accounts.all() {
            let home = topology.home(account);
            clients.insert(account, Logs::new(&remote.aws.sdk_config(home)?));
        }
        let envelopes = match topology.route.subscribe {
            Subscribe::Envelopes => {
                let config = remote.aws.sdk_config(topology.names.master)?;
                Some(Envelopes::new(&config))
            }
            _ => None,
        };
        let mut puts = Self { lanes: Vec::new(), tasks: Vec::new(), late: Arc::clone(&late) };
        for _ in 0..LANES {
            let (send, mut receive) = mpsc::channel::<(StreamKey, Batch)>(WAITING);
            let mut lane = Lane {
                remote: Arc::clone(remote),
                ledger: ledger.clone(),
                clients: clients.clone(),
                envelopes: envelopes.clone(),
                master: topology.accounts.master,
                made: BTreeSet::new(),
                late: Arc::clone(&late),
            };
            puts.lanes.push(send);
            puts.tasks.push(tokio::spawn(async move {
                while let Some((key, batch)) = receive.recv().await {
                    lane.put(&key, batch).await;
                }
            }));
        }
        Ok(puts)
    }

    /// Puts a batch, after those of its log stream that came before it.
    pub(super) async fn put(&self, key: StreamKey, batch: Batch) {
        let name = format!("{}\0{}\0{}", key.owner, key.group, key.stream);
        let lane = stable_hash(name.as_bytes()) % self.lanes.len() as u64;
        // A lane ends only when this ends, or by a panic, which `end` passes over: what it did not
        // put is told as lost.
        let lane = &self.lanes[usize::try_from(lane).unwrap_or(0)];
        let _ = lane.send((key, batch)).await;
    }

    /// Waits until everything is put; what was late.
    pub(super) async fn end(self) -> Late {
        drop(self.lanes);
        for task in self.tasks {
            let _ = task.await;
        }
        std::mem::take(&mut *self.late.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Puts one batch after the other.
struct Lane {
    remote: Arc<Remote>,
    ledger: SharedLedger,
    clients: BTreeMap<AccountId, Logs>,
    envelopes: Option<Envelopes>,
    master: AccountId,
    made: BTreeSet<StreamKey>,
    late: Arc<Mutex<Late>>,
}

impl Lane {
    async fn put(&mut self, key: &StreamKey, batch: Batch) {
        let now = self.remote.wall.now();
        note_late(&mut self.late.lock().unwrap_or_else(PoisonError::into_inner), now, &batch);
        if let Some(envelopes) = &self.envelopes {
            return envelopes.put(&self.ledger, &self.remote.wall, key, batch).await;
        }
        // Findings of all accounts are gathered in a log group of the master.
        let owner = if key.source == Source::GuardDuty { self.master } else { key.account };
        let Some(logs) = self.clients.get(&owner).cloned() else { return };
        let outcome = self.call(logs, key, &batch).await;
        let mut ledger = self.ledger.lock();
        let (taken, cause) = match outcome {
            Ok(taken) => (taken, "PutLogEvents rejected them for their time".to_owned()),
            Err(cause) => (0..0, cause),
        };
        let Batch { events, .. } = batch;
        let lost =
            [&events[..taken.start], &events[taken.end..]].map(|some| ledger.entries_of(some));
        let lost = lost.concat();
        if !lost.is_empty() {
            ledger.stops.note(Stop::new(Stage::Logs, cause), lost);
        }
        let messages = events[taken].iter().map(|event| event.message.as_str());
        ledger.accepted(self.remote.wall.now(), messages);
    }

    /// Which events were taken, by their places.
    async fn call(
        &mut self,
        logs: Logs,
        key: &StreamKey,
        batch: &Batch,
    ) -> Result<Range<usize>, String> {
        if !self.made.contains(key) {
            let call = logs.create_log_stream();
            let call = call.log_group_name(&*key.group).log_stream_name(&*key.stream);
            match call.send().await {
                Err(error) if error.code() != Some("ResourceAlreadyExistsException") => {
                    return Err(format!("CreateLogStream: {}", DisplayErrorContext(error)));
                }
                _ => self.made.insert(key.clone()),
            };
        }
        let mut events = Vec::with_capacity(batch.events.len());
        for event in &batch.events {
            let built = InputLogEvent::builder()
                .timestamp(event.timestamp.ms())
                .message(&event.message)
                .build();
            events.push(built.map_err(|error| error.to_string())?);
        }
        let call = logs.put_log_events().set_log_events(Some(events));
        let call = call.log_group_name(&*key.group).log_stream_name(&*key.stream);
        match call.send().await {
            Ok(answer) => Ok(taken(&answer, batch.events.len())),
            Err(error) => Err(format!("PutLogEvents: {}", DisplayErrorContext(error))),
        }
    }
}

/// The events of a call that were not refused for their time, by their places (cloudwatch-logs
/// reference, PutLogEvents).
fn taken(answer: &PutLogEventsOutput, events: usize) -> Range<usize> {
    let Some(info) = answer.rejected_log_events_info() else { return 0..events };
    let place = |at: Option<i32>| at.and_then(|at| usize::try_from(at).ok());
    let old =
        place(info.expired_log_event_end_index()).max(place(info.too_old_log_event_end_index()));
    let new = place(info.too_new_log_event_start_index()).unwrap_or(events);
    let new = new.min(events);
    old.unwrap_or(0).min(new)..new
}

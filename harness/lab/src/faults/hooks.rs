//! The hooks of a lab's world: the ledger listens, the planter changes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tributary_emulator::logs::{Envelope, StoredEvent};
use tributary_emulator::{Hooks, Observation};
use tributary_vocabulary::{AccountId, Stage, Timestamp};

use super::plant::{Payload, Planter};
use crate::ledger::SharedLedger;

/// The planter, shared between the lab and the hooks of its world.
#[derive(Clone)]
pub(crate) struct SharedPlanter(Arc<Mutex<Planter>>);

impl SharedPlanter {
    pub(crate) fn new(planter: Planter) -> Self {
        Self(Arc::new(Mutex::new(planter)))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Planter> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The hooks of a lab's world.
pub(crate) struct LabHooks {
    pub(crate) ledger: SharedLedger,
    pub(crate) planter: SharedPlanter,
}

impl Hooks for LabHooks {
    fn observe(&mut self, now: Timestamp, observation: &Observation<'_>) {
        self.ledger.lock().observe(now, observation);
    }

    fn tampers(&self, stage: Stage) -> bool {
        self.planter.lock().wants(stage)
    }

    fn tamper_events(
        &mut self,
        _now: Timestamp,
        account: AccountId,
        _group: &str,
        stream: &str,
        events: Vec<StoredEvent>,
    ) -> Vec<(AccountId, StoredEvent)> {
        let batch = Batch { account, stream: stream.to_owned(), events };
        self.planter
            .lock()
            .pass(Stage::Logs, batch)
            .into_iter()
            .flat_map(|batch| {
                let account = batch.account;
                batch.events.into_iter().map(move |event| (account, event))
            })
            .collect()
    }

    fn tamper_envelope(&mut self, _now: Timestamp, envelope: Envelope) -> Vec<Envelope> {
        self.planter.lock().pass(Stage::Subscription, envelope)
    }

    fn tamper_record(&mut self, _now: Timestamp, stage: Stage, record: Bytes) -> Vec<Bytes> {
        self.planter.lock().pass_record(stage, record)
    }
}

/// Events about to be stored in a log stream.
#[derive(Clone)]
struct Batch {
    account: AccountId,
    stream: String,
    events: Vec<StoredEvent>,
}

impl Payload for Batch {
    fn events(&self) -> usize {
        self.events.len()
    }

    fn account(&self) -> Option<AccountId> {
        Some(self.account)
    }

    fn log_stream(&self) -> String {
        format!("{}\0{}", self.account, self.stream)
    }

    fn message(&self, event: usize) -> String {
        self.events[event].message.to_string()
    }

    fn set_message(&mut self, event: usize, message: String) {
        self.events[event].message = message.into();
    }

    fn swap(&mut self, first: usize, second: usize) {
        self.events.swap(first, second);
    }

    fn range(&self, start: usize, end: usize) -> Option<Self> {
        let events = self.events.get(start..end)?.to_vec();
        (!events.is_empty()).then(|| Self { events, ..self.clone() })
    }

    fn set_account(&mut self, account: AccountId) {
        self.account = account;
    }
}

impl Payload for Envelope {
    fn events(&self) -> usize {
        // A control message carries no event of a source.
        self.account().map_or(0, |_| self.log_events.len())
    }

    fn account(&self) -> Option<AccountId> {
        Envelope::account(self)
    }

    fn log_stream(&self) -> String {
        format!("{}\0{}\0{}", self.owner, self.log_group, self.log_stream)
    }

    fn message(&self, event: usize) -> String {
        self.log_events[event].message.to_string()
    }

    fn set_message(&mut self, event: usize, message: String) {
        self.log_events[event].message = message.into();
    }

    fn swap(&mut self, first: usize, second: usize) {
        self.log_events.swap(first, second);
    }

    fn range(&self, start: usize, end: usize) -> Option<Self> {
        let log_events = self.log_events.get(start..end)?.to_vec();
        (!log_events.is_empty()).then(|| Self { log_events, ..self.clone() })
    }

    fn set_account(&mut self, account: AccountId) {
        self.owner = account.to_string();
    }
}

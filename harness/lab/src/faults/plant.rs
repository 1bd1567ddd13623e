//! Plants faults, exactly as many as asked, and keeps a list of the events they hit.

use std::collections::BTreeMap;

use bytes::Bytes;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use tributary_vocabulary::{AccountId, Seed, Stage};

use super::carrier::Carrier;
use super::{Fault, Inject};
use crate::ledger::Identifier;

/// Something that carries events and can be changed.
pub(super) trait Payload: Clone {
    /// How many events it carries.
    fn events(&self) -> usize;
    /// The account that it is under.
    fn account(&self) -> Option<AccountId>;
    /// A name of the log stream that its events are of.
    fn log_stream(&self) -> String;
    /// The text of an event.
    fn message(&self, event: usize) -> String;
    /// Gives an event another text.
    fn set_message(&mut self, event: usize, message: String);
    /// Lets two events change places.
    fn swap(&mut self, first: usize, second: usize);
    /// The same payload with the events from `start` until before `end`; `None` without any.
    fn range(&self, start: usize, end: usize) -> Option<Self>;
    /// Puts it under another account.
    fn set_account(&mut self, account: AccountId);
}

impl Payload for Carrier {
    fn events(&self) -> usize {
        Carrier::events(self)
    }

    fn account(&self) -> Option<AccountId> {
        self.log_stream().0.parse().ok()
    }

    fn log_stream(&self) -> String {
        let (owner, group, stream) = self.log_stream();
        format!("{owner}\0{group}\0{stream}")
    }

    fn message(&self, event: usize) -> String {
        self.message(event)
    }

    fn set_message(&mut self, event: usize, message: String) {
        self.set_message(event, message);
    }

    fn swap(&mut self, first: usize, second: usize) {
        self.swap(first, second);
    }

    fn range(&self, start: usize, end: usize) -> Option<Self> {
        self.range(start, end)
    }

    fn set_account(&mut self, account: AccountId) {
        self.set_owner(account);
    }
}

/// One order of faults, and how much of it is still to be done.
#[derive(Debug)]
struct Order {
    inject: Inject,
    left: u64,
    /// Payloads to let pass before the next one.
    skip: u64,
}

/// Plants faults.
pub(crate) struct Planter {
    orders: Vec<Order>,
    accounts: Vec<AccountId>,
    identifier: Identifier,
    random: ChaCha8Rng,
    /// Single events held back until the next one of their log stream has passed.
    held: BTreeMap<(Stage, String), Bytes>,
    /// The texts of the events that were hit, as they were.
    planted: Vec<(Inject, String)>,
}

impl Planter {
    /// A planter of these faults in a topology of these accounts.
    pub(crate) fn new(
        injects: &[Inject],
        accounts: Vec<AccountId>,
        identifier: Identifier,
        seed: Seed,
    ) -> Self {
        let mut random = seed.child("faults").stream();
        let orders = injects
            .iter()
            .map(|inject| Order {
                inject: *inject,
                left: inject.events,
                skip: random.next_u64() % 4,
            })
            .collect();
        Self { orders, accounts, identifier, random, held: BTreeMap::new(), planted: Vec::new() }
    }

    /// Whether there is still something to do at this stage.
    pub(crate) fn wants(&self, stage: Stage) -> bool {
        self.orders.iter().any(|order| order.inject.stage == stage && order.left > 0)
            || self.held.keys().any(|(held, _)| *held == stage)
    }

    /// The faults that were planted, with the texts of the events that they hit, as they were.
    pub(crate) fn planted(&self) -> &[(Inject, String)] {
        &self.planted
    }

    /// The orders that found too few events, with how many are missing.
    pub(crate) fn unplanted(&self) -> Vec<(Inject, u64)> {
        self.orders
            .iter()
            .filter(|order| order.left > 0)
            .map(|order| (order.inject, order.left))
            .collect()
    }

    /// Lets a record or document pass a stage.
    pub(super) fn pass_record(&mut self, stage: Stage, record: Bytes) -> Vec<Bytes> {
        let Some(carrier) = Carrier::open(&record) else { return vec![record] };
        let key = (stage, Payload::log_stream(&carrier));
        if let Some(held) = self.held.remove(&key) {
            return vec![record, held];
        }
        let Some(order) = self.due(stage) else { return vec![record] };
        if self.orders[order].inject.fault == Fault::Reorder && carrier.events() < 2 {
            self.note(order, carrier.message(0));
            self.held.insert(key, record);
            return Vec::new();
        }
        self.plant(order, carrier).iter().map(Carrier::close).collect()
    }

    /// Lets a payload pass a stage at which it can be split freely.
    pub(super) fn pass<P: Payload>(&mut self, stage: Stage, payload: P) -> Vec<P> {
        let events = payload.events();
        let enough = |fault| events > usize::from(fault == Fault::Reorder);
        match self.due(stage) {
            Some(order) if enough(self.orders[order].inject.fault) => self.plant(order, payload),
            _ => vec![payload],
        }
    }

    /// The first order for this stage whose turn it is.
    fn due(&mut self, stage: Stage) -> Option<usize> {
        let place =
            self.orders.iter().position(|order| order.inject.stage == stage && order.left > 0)?;
        let order = &mut self.orders[place];
        if order.skip > 0 {
            order.skip -= 1;
            return None;
        }
        Some(place)
    }

    fn plant<P: Payload>(&mut self, order: usize, mut payload: P) -> Vec<P> {
        let fault = self.orders[order].inject.fault;
        let events = payload.events();
        let choices = if fault == Fault::Reorder { events - 1 } else { events };
        let event = usize::try_from(self.random.next_u64()).unwrap_or(0) % choices.max(1);
        let message = payload.message(event);
        let parts = match fault {
            Fault::Loss => vec![payload.range(0, event), payload.range(event + 1, events)],
            Fault::Duplicate => {
                let copy = payload.range(event, event + 1);
                vec![Some(payload), copy]
            }
            Fault::Corrupt => {
                let Some(changed) = corrupted(&self.identifier, &message) else {
                    return vec![payload];
                };
                payload.set_message(event, changed);
                vec![Some(payload)]
            }
            Fault::Reorder => {
                payload.swap(event, event + 1);
                vec![Some(payload)]
            }
            Fault::Leak => {
                let mut leaked = payload.range(event, event + 1);
                if let Some(leaked) = &mut leaked {
                    let other = self.another_account(payload.account());
                    leaked.set_account(other);
                }
                vec![payload.range(0, event), leaked, payload.range(event + 1, events)]
            }
        };
        self.note(order, message);
        parts.into_iter().flatten().collect()
    }

    fn note(&mut self, order: usize, message: String) {
        let order = &mut self.orders[order];
        order.left -= 1;
        order.skip = self.random.next_u64() % 4;
        self.planted.push((order.inject, message));
    }

    /// An account of the topology other than this one; one of nobody's when there is no other.
    fn another_account(&self, account: Option<AccountId>) -> AccountId {
        self.accounts
            .iter()
            .copied()
            .rfind(|other| Some(*other) != account)
            .unwrap_or(AccountId::repeated(9))
    }
}

/// The text with one character changed such that its identity stays; from the end, where a flow
/// log has its status and a JSON record its least telling members.
fn corrupted(identifier: &Identifier, message: &str) -> Option<String> {
    let identity = identifier.of(message);
    message.char_indices().rev().find_map(|(place, character)| {
        let other = match character {
            '0'..='8' => char::from(character as u8 + 1),
            '9' => '0',
            'a'..='y' | 'A'..='Y' => char::from(character as u8 + 1),
            _ => return None,
        };
        let mut changed = message.to_owned();
        changed.replace_range(place..place + 1, other.encode_utf8(&mut [0; 4]));
        (identifier.of(&changed) == identity).then_some(changed)
    })
}

//! The book: entries, log streams, figures of the stages, and what is known of payloads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hashbrown::HashTable;
use tributary_reports::LatencyHistogram;
use tributary_vocabulary::{AccountId, EventId, EventRecord, Stage, Timestamp, stable_hash};

use super::stops::{Refusal, Stops};
use super::{Entry, Found, Group, Identifier, Item, Share, StreamKey};

/// The ledger, shared between the lab and the hooks of its world.
#[derive(Clone)]
pub(crate) struct SharedLedger(Arc<Mutex<Ledger>>);

impl SharedLedger {
    pub(crate) fn new(epoch: Timestamp, identifier: Identifier) -> Self {
        Self(Arc::new(Mutex::new(Ledger::new(epoch, identifier))))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a stage let through.
#[derive(Debug, Clone, Default)]
pub(crate) struct StageBook {
    pub(crate) events: u64,
    pub(crate) bytes: u64,
    pub(crate) throttled: u64,
    pub(crate) latencies: LatencyHistogram,
    pub(crate) max_ms: Option<u64>,
}

/// Every event by its identity.
pub(crate) struct Ledger {
    epoch: Timestamp,
    pub(super) identifier: Identifier,
    pub(crate) entries: Vec<Entry>,
    index: HashTable<u32>,
    pub(crate) streams: Vec<StreamKey>,
    stream_index: BTreeMap<StreamKey, u32>,
    pub(crate) stages: [StageBook; 7],
    /// What payloads hold, by a hash of their bytes; always safe to forget.
    contents: BTreeMap<u64, Group>,
    pub(crate) stops: Stops,
    /// Calls that policies refused, by AWS's sentence.
    pub(crate) refusals: BTreeMap<String, Refusal>,
    /// The sentence of the last of them, until it is taken.
    pub(super) last_refusal: Option<String>,
    /// The highest entry of each stream that was seen at each end, to judge the order by.
    pub(crate) highest: [Vec<u32>; 2],
    /// Events that came after a later one of their stream, by end.
    pub(crate) late_at: [Vec<u32>; 2],
    pub(crate) records_transformed: u64,
    /// Transform answers that do not keep the contract: code and sentence, with their number.
    pub(crate) contract: BTreeMap<(String, String), u64>,
    pub(crate) sent_twice: u64,
    /// Events whose call was made again though it may have had an effect.
    pub(super) retried: BTreeSet<u32>,
    /// The account in which everything is, when there is but one: it owns all log groups.
    pub(crate) one_account: Option<AccountId>,
    /// Which worker's it is, where several send.
    pub(crate) share: Option<Share>,
    /// Payloads that were counted for all workers, by stage and a hash of their bytes.
    pub(super) passed: BTreeSet<(Stage, u64)>,
}

impl Ledger {
    fn new(epoch: Timestamp, identifier: Identifier) -> Self {
        Self {
            epoch,
            identifier,
            entries: Vec::new(),
            index: HashTable::new(),
            streams: Vec::new(),
            stream_index: BTreeMap::new(),
            stages: Default::default(),
            contents: BTreeMap::new(),
            stops: Stops::default(),
            refusals: BTreeMap::new(),
            last_refusal: None,
            highest: [Vec::new(), Vec::new()],
            late_at: [Vec::new(), Vec::new()],
            records_transformed: 0,
            contract: BTreeMap::new(),
            sent_twice: 0,
            retried: BTreeSet::new(),
            one_account: None,
            share: None,
            passed: BTreeSet::new(),
        }
    }

    /// Takes down events that are about to be sent.
    pub(crate) fn sent(&mut self, at: Timestamp, stream: StreamKey, events: &[EventRecord]) {
        let stream = self.stream(stream);
        let sent_ms = u32::try_from(at.ms_since(self.epoch)).unwrap_or(u32::MAX);
        for event in events {
            let id = self.identity_or_fingerprint(stream, event);
            let content = content_hash(event.timestamp.ms(), &event.message);
            if self.find(id).is_some() {
                self.sent_twice += 1;
                continue;
            }
            let entry = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
            self.entries.push(Entry {
                id,
                sent_ms,
                stream,
                content,
                seen: 0,
                put_back: 0,
                dropped: false,
                failed: false,
                archived: false,
            });
            let entries = &self.entries;
            self.index.insert_unique(id.0, entry, |entry| entries[*entry as usize].id.0);
        }
    }

    fn stream(&mut self, key: StreamKey) -> u32 {
        if let Some(stream) = self.stream_index.get(&key) {
            return *stream;
        }
        let stream = u32::try_from(self.streams.len()).unwrap_or(u32::MAX);
        self.streams.push(key.clone());
        self.stream_index.insert(key, stream);
        for highest in &mut self.highest {
            highest.push(0);
        }
        stream
    }

    /// The entry of an event.
    pub(crate) fn find(&self, id: EventId) -> Option<u32> {
        self.index.find(id.0, |entry| self.entries[*entry as usize].id == id).copied()
    }

    /// What a found event is.
    pub(crate) fn recognise(&self, found: &Found<'_>) -> Item {
        let entry = self.entry_of(&found.message);
        match entry {
            Some(index) => {
                let entry = &self.entries[index as usize];
                let home = self.one_account.unwrap_or(self.streams[entry.stream as usize].owner);
                Item::Known {
                    entry: index,
                    intact: entry.content == content_hash(found.timestamp, &found.message),
                    at_home: found.account.is_none_or(|account| account == home),
                }
            }
            None => Item::Unknown { message: Arc::from(found.message.as_ref()) },
        }
    }

    /// What a payload holds, if it was looked at before.
    pub(crate) fn known_content(&self, payload: &[u8]) -> Option<Group> {
        self.contents.get(&stable_hash(payload)).cloned()
    }

    /// What a payload holds: from memory, or by `decode`, which is then remembered.
    pub(crate) fn content<'a>(
        &mut self,
        payload: &'a [u8],
        decode: impl FnOnce(&'a [u8]) -> Vec<Found<'a>>,
    ) -> Group {
        let hash = stable_hash(payload);
        if let Some(group) = self.contents.get(&hash) {
            return group.clone();
        }
        let group: Group = decode(payload).iter().map(|found| self.recognise(found)).collect();
        self.contents.insert(hash, group.clone());
        group
    }

    /// Remembers what a payload holds.
    pub(crate) fn remember(&mut self, payload: &[u8], group: Group) {
        self.contents.insert(stable_hash(payload), group);
    }

    /// Marks events as seen at a stage.
    pub(crate) fn see(&mut self, now: Timestamp, stage: Stage, entries: impl Iterator<Item = u32>) {
        let now_ms = now.ms_since(self.epoch);
        let book = &mut self.stages[stage.index()];
        // Events of one payload were mostly sent together: count equal latencies at once.
        let mut run: Option<(u64, u64)> = None;
        for index in entries {
            let entry = &mut self.entries[index as usize];
            if !entry.see(stage) {
                continue;
            }
            book.events += 1;
            let latency = u64::try_from(now_ms - i64::from(entry.sent_ms)).unwrap_or(0);
            run = match run {
                Some((value, count)) if value == latency => Some((value, count + 1)),
                other => {
                    if let Some((value, count)) = other {
                        book.latencies.record_many(value, count);
                    }
                    Some((latency, 1))
                }
            };
            book.max_ms = Some(book.max_ms.unwrap_or(0).max(latency));
        }
        if let Some((value, count)) = run {
            book.latencies.record_many(value, count);
        }
    }

    /// Marks events as seen at an end where they were found, `copies` of each by its place, when
    /// all was over: when they came is not known.
    pub(crate) fn found(&mut self, stage: Stage, copies: &[u8], bytes: u64) {
        let book = &mut self.stages[stage.index()];
        book.bytes = book.bytes.max(bytes);
        for (entry, copies) in self.entries.iter_mut().zip(copies) {
            if *copies > 0 && entry.see(stage) {
                book.events += 1;
            }
        }
    }

    /// The identity from the event's own fields, else a fingerprint of where it lies and what it
    /// says.
    fn identity_or_fingerprint(&self, stream: u32, event: &EventRecord) -> EventId {
        self.identifier.of(&event.message).unwrap_or_else(|| {
            let StreamKey { owner, group, stream, .. } = &self.streams[stream as usize];
            let (ms, message) = (event.timestamp.ms(), &event.message);
            EventId::of(format!("{owner}\0{group}\0{stream}\0{ms}\0{message}").as_bytes())
        })
    }

    /// Notes records that a transform put back on the source.
    pub(crate) fn put_back(&mut self, data: &[u8]) {
        let group = self.content(data, |data| super::decode_records(data).unwrap_or_default());
        for index in group.entries().collect::<Vec<_>>() {
            let entry = &mut self.entries[index as usize];
            entry.put_back = entry.put_back.saturating_add(1);
        }
    }
}

/// A hash of an event's time and text, to tell whether it was changed.
pub(crate) fn content_hash(timestamp_ms: i64, message: &str) -> u32 {
    let hash = stable_hash(message.as_bytes()) ^ timestamp_ms.unsigned_abs().rotate_left(32);
    #[expect(clippy::cast_possible_truncation, reason = "32 bits of a hash are wanted")]
    {
        (hash ^ (hash >> 32)) as u32
    }
}

//! What the world tells, taken down.

use bytes::Bytes;
use tributary_emulator::logs::Envelope;
use tributary_emulator::{Observation, TransformAnswer};
use tributary_vocabulary::{EventRecord, Stage, Timestamp};

use super::{Found, Group, Ledger, Refusal, Stop, decode_document, decode_records};

/// The most refusals that are kept with their explanations.
const REFUSALS_MAX: usize = 1_000;

/// The index of an end of the pipeline in the ledger's pairs.
pub(crate) const OPENSEARCH: usize = 0;
pub(crate) const S3: usize = 1;

impl Ledger {
    /// Takes down one observation.
    pub(crate) fn observe(&mut self, now: Timestamp, observation: &Observation<'_>) {
        match observation {
            Observation::Accepted { events, .. } => {
                self.accepted(now, events.iter().map(|event| event.message.as_ref()));
            }
            Observation::Subscribed { envelope, data } => self.subscribed(now, envelope, data),
            Observation::Streamed { data, .. } => self.record(now, Stage::Kinesis, data),
            Observation::Throttled { stage, records, .. } => {
                self.stages[stage.index()].throttled += records;
            }
            Observation::Ingested { data, .. } => self.record(now, Stage::Firehose, data),
            Observation::Transformed { given, answer, .. } => self.transformed(now, given, *answer),
            Observation::Indexed { documents, .. } => self.indexed(now, documents),
            Observation::BackedUp { records, .. } => self.backed_up(now, records),
            Observation::GaveUp { stage, code, message, place, records } => {
                self.gave_up(*stage, code, message, place, records);
            }
            Observation::Undelivered { envelope, code, message } => {
                self.undelivered(envelope, code, message);
            }
            Observation::Unmatched { events, reason, .. } => {
                let entries: Vec<u32> =
                    events.iter().filter_map(|event| self.entry_of(&event.message)).collect();
                for index in &entries {
                    self.entries[*index as usize].dropped = true;
                }
                let stop = Stop::new(Stage::Subscription, (*reason).to_owned());
                self.stops.note(stop, entries);
            }
            Observation::Unpublished { source, resource, message, events, .. } => {
                let entries: Vec<u32> =
                    events.iter().filter_map(|event| self.entry_of(&event.message)).collect();
                let stop = Stop::new(Stage::Logs, format!("{source} of {resource}: {message}"));
                self.stop(stop, message, entries);
            }
            // A refusal may name an object, so that there are as many as objects.
            Observation::Refused { decision } if self.refusals.len() < REFUSALS_MAX => {
                let (sentence, refusal) = (decision.sentence(), Refusal::of(decision));
                self.last_refusal = Some(sentence.clone());
                self.refusals.entry(sentence).or_insert(refusal);
            }
            _ => {}
        }
    }

    /// Takes down events that CloudWatch Logs accepted.
    pub(crate) fn accepted<'m>(&mut self, now: Timestamp, messages: impl Iterator<Item = &'m str>) {
        let mut bytes = 0;
        let entries: Vec<u32> = messages
            .inspect(|message| bytes += message.len() as u64)
            .filter_map(|message| self.entry_of(message))
            .collect();
        self.stages[Stage::Logs.index()].bytes += bytes;
        self.see(now, Stage::Logs, entries.into_iter());
    }

    /// The entries of events.
    pub(crate) fn entries_of(&self, events: &[EventRecord]) -> Vec<u32> {
        events.iter().filter_map(|event| self.entry_of(&event.message)).collect()
    }

    /// The entry of the event that this is the text of.
    pub(super) fn entry_of(&self, message: &str) -> Option<u32> {
        self.identifier.of(message).and_then(|id| self.find(id))
    }

    fn subscribed(&mut self, now: Timestamp, envelope: &Envelope, data: &Bytes) {
        let account = envelope.account();
        let group: Group = envelope
            .log_events
            .iter()
            .filter(|_| account.is_some())
            .map(|event| {
                self.recognise(&Found {
                    account,
                    timestamp: event.timestamp,
                    message: event.message.as_ref().into(),
                })
            })
            .collect();
        self.stages[Stage::Subscription.index()].bytes += data.len() as u64;
        self.see(now, Stage::Subscription, group.clone().entries());
        self.remember(data, group);
    }

    fn record(&mut self, now: Timestamp, stage: Stage, data: &Bytes) {
        let group = self.content(data, |data| decode_records(data).unwrap_or_default());
        self.pass(now, stage, data, &group);
    }

    fn transformed(&mut self, now: Timestamp, given: &Bytes, answer: TransformAnswer<'_>) {
        self.records_transformed += 1;
        match answer {
            TransformAnswer::Ok(document) => {
                let group = self.content(document, documents);
                self.pass(now, Stage::Transform, document, &group);
            }
            TransformAnswer::Dropped => {
                let group = self.content(given, |data| decode_records(data).unwrap_or_default());
                for index in group.entries() {
                    self.entries[index as usize].dropped = true;
                }
            }
            TransformAnswer::ProcessingFailed => {}
        }
    }

    fn indexed(&mut self, now: Timestamp, sources: &[Bytes]) {
        for source in sources {
            let group = self.content(source, documents);
            self.judge_order(OPENSEARCH, Stage::OpenSearch, &group);
            self.pass(now, Stage::OpenSearch, source, &group);
        }
    }

    fn backed_up(&mut self, now: Timestamp, records: &[Bytes]) {
        for record in records {
            let group = self.content(record, |data| decode_records(data).unwrap_or_default());
            self.judge_order(S3, Stage::S3, &group);
            self.pass(now, Stage::S3, record, &group);
        }
    }

    /// An event that comes for the first time after a later one of its log stream is out of order.
    fn judge_order(&mut self, end: usize, stage: Stage, group: &Group) {
        // What lies under another account went another way; it is a leak and not late.
        for (place, index) in group.at_home().enumerate() {
            let entry = &self.entries[index as usize];
            if entry.was_seen(stage) {
                continue;
            }
            let highest = &mut self.highest[end][entry.stream as usize];
            if index + 1 >= *highest {
                *highest = index + 1;
            } else if !group.at_home().take(place).any(|before| before == index) {
                self.late_at[end].push(index);
            }
        }
    }

    fn gave_up(&mut self, stage: Stage, code: &str, message: &str, place: &str, records: &[Bytes]) {
        let mut entries = Vec::new();
        for record in records {
            let group = self
                .content(record, |data| decode_records(data).unwrap_or_else(|| documents(data)));
            entries.extend(group.entries());
        }
        let lies = if place.is_empty() {
            String::from("nothing keeps them")
        } else {
            format!("they lie in {place}")
        };
        if stage == Stage::Transform {
            *self.contract.entry((code.to_owned(), message.to_owned())).or_default() +=
                records.len() as u64;
        }
        self.stop(Stop::new(stage, format!("{code}: {message}; {lies}")), message, entries);
    }

    fn undelivered(&mut self, envelope: &Envelope, code: &str, message: &str) {
        let entries: Vec<u32> =
            envelope.log_events.iter().filter_map(|event| self.entry_of(&event.message)).collect();
        let stop = Stop::new(Stage::Subscription, format!("{code}: {message}"));
        self.stop(stop, message, entries);
    }

    /// Notes a stop, explained where a policy's refusal is part of the message.
    fn stop(&mut self, stop: Stop, message: &str, entries: Vec<u32>) {
        let stop = stop.explained(self.refusal_in(message));
        self.stops.note(stop, entries);
    }

    /// The sentence of the last call that policies refused, once.
    pub(crate) fn take_last_refusal(&mut self) -> Option<String> {
        self.last_refusal.take()
    }

    /// The refusal that a message tells of: its sentence is part of the message, or the message
    /// names account, action and resource of it, as CloudWatch Logs does about destinations.
    pub(crate) fn refusal_in(&self, message: &str) -> Option<&Refusal> {
        const WORDS: &str = " is not authorized to perform: ";
        let found = self.refusals.iter().find(|(sentence, _)| message.contains(sentence.as_str()));
        let found = found.or_else(|| {
            let (who, what) = message.split_once(WORDS)?;
            let account = who.rsplit(' ').next().filter(|account| account.len() == 12)?;
            self.refusals.iter().find(|(sentence, _)| {
                let (caller, asked) = sentence.split_once(WORDS).unwrap_or((sentence, ""));
                caller.contains(account) && asked.starts_with(what)
            })
        });
        found.map(|(_, refusal)| refusal)
    }
}

fn documents(json: &[u8]) -> Vec<Found<'_>> {
    decode_document(json).unwrap_or_default()
}

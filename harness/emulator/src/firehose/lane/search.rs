//! The OpenSearch end of a lane: its buffer, and one bulk batch at a time (firehose reference, §7).

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use tributary_vocabulary::{Stage, Timestamp};

use super::bucket::ErrorBatch;
use super::buffer::{Batch, Buffer};
use super::given_up::GivenUp;
use super::{Held, Lane, count};
use crate::firehose::config::{Buffering, Outlet, Plan, SearchPlan};
use crate::firehose::name::{ErrorOutput, Rotation, index_name};
use crate::firehose::record::{DOCUMENT_COPY, OutRecord};
use crate::firehose::wire::{DocumentError, Failure, one_line_object, write_document_error};
use crate::kernel::World;

/// So many batches may wait before the processor is held back.
const READY_MAX: usize = 2;

/// A batch with the configuration that it came under.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) plan: Arc<Plan>,
    batch: Batch<OutRecord>,
}

/// A document on its way.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) record: OutRecord,
    /// Its id; `None` when the cluster makes ids.
    pub(super) id: Option<String>,
    pub(super) index: Arc<str>,
}

/// A document that is given up.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) document: Document,
    pub(super) failure: Failure,
    pub(super) attempts: u32,
    pub(super) ended: Timestamp,
}

/// A batch under way.
#[derive(Debug)]
pub(super) struct Flight {
    pub(super) plan: Arc<Plan>,
    /// What is still to be indexed, in order.
    pub(super) documents: Vec<Document>,
    pub(super) refused: Vec<Refused>,
    pub(super) attempts: u32,
    /// When the first attempt was made.
    pub(super) first: Timestamp,
    pub(super) retry_at: Timestamp,
}

/// The OpenSearch end of a lane.
#[derive(Debug, Default)]
pub struct Search {
    buffer: Buffer<OutRecord>,
    ready: VecDeque<Ready>,
    pub(super) flight: Option<Flight>,
}

impl Search {
    /// What it holds.
    #[must_use]
    pub fn held(&self) -> Held {
        let buffer = Held { records: count(self.buffer.len()), bytes: self.buffer.bytes() };
        let ready = self.ready.iter().map(|ready| Held {
            records: count(ready.batch.items.len()),
            bytes: ready.batch.bytes,
        });
        let flight = self.flight.iter().map(|flight| {
            let refused = flight.refused.iter().map(|refused| &refused.document);
            let documents = flight.documents.iter().chain(refused);
            documents.fold(Held::default(), |held, document| {
                held.plus(Held { records: 1, bytes: count(document.record.data.len()) })
            })
        });
        ready.chain(flight).fold(buffer, Held::plus)
    }

    /// Whether so much waits here that nothing more should be processed.
    #[must_use]
    pub fn is_congested(&self) -> bool {
        self.ready.len() >= READY_MAX
    }

    /// When its buffer's interval is over, or an attempt is due.
    #[must_use]
    pub fn deadline(&self, plan: &Plan) -> Option<Timestamp> {
        let buffer = buffering(plan).and_then(|buffering| self.buffer.deadline(buffering));
        let flight = self.flight.as_ref().map(|flight| flight.retry_at);
        [buffer, flight].into_iter().flatten().min()
    }

    /// Adds a record.
    pub fn push(
        &mut self,
        now: Timestamp,
        plan: &Arc<Plan>,
        search: &SearchPlan,
        record: OutRecord,
    ) {
        let bytes = count(record.data.len());
        for batch in self.buffer.push(now, record, bytes, search.buffering).into_iter().flatten() {
            self.ready.push_back(Ready { plan: plan.clone(), batch });
        }
    }

    /// Makes a batch of what is in the buffer.
    pub fn seal(&mut self, plan: &Arc<Plan>) {
        if let Some(batch) = self.buffer.take() {
            self.ready.push_back(Ready { plan: plan.clone(), batch });
        }
    }
}

fn buffering(plan: &Plan) -> Option<Buffering> {
    search_of(plan).map(|search| search.buffering)
}

/// The search destination of a plan.
pub(super) fn search_of(plan: &Plan) -> Option<&SearchPlan> {
    match &plan.outlet {
        Outlet::Search(search) => Some(search),
        Outlet::S3(_) => None,
    }
}

impl Lane {
    /// Does one thing that is due at OpenSearch; whether there was one.
    pub(super) fn advance_search(&mut self, world: &mut World) -> bool {
        let now = world.now();
        if let Some(buffering) = buffering(&self.plan)
            && let Some(batch) = self.search.buffer.due(now, buffering)
        {
            self.search.ready.push_back(Ready { plan: self.plan.clone(), batch });
        }
        match &self.search.flight {
            Some(flight) if flight.retry_at <= now => {
                self.attempt_bulk(world);
                true
            }
            Some(_) => false,
            None if self.bucket.is_blocked() => false,
            None => match self.search.ready.pop_front() {
                Some(ready) => {
                    self.begin_bulk(world, ready);
                    true
                }
                None => false,
            },
        }
    }

    /// Makes documents of a batch's records: they pass the faults of the stage once, and a record
    /// that is no document is given up at once, since another attempt could not change it.
    fn begin_bulk(&mut self, world: &mut World, ready: Ready) {
        let Some(search) = search_of(&ready.plan) else { return };
        let now = world.now();
        let mut names = IndexNames::new(search, world);
        let mut documents = Vec::with_capacity(ready.batch.items.len());
        let mut refused = Vec::new();
        for record in ready.batch.items {
            let index = names.of(record.origin.arrival);
            let passed = world.pass_record(Stage::OpenSearch, record.data);
            for (copy, data) in passed.into_iter().enumerate() {
                let origin = record.origin.copy(copy, DOCUMENT_COPY);
                let id = search.document_ids.then(|| origin.document_id());
                let line = one_line_object(&data).map(|line| data.slice_ref(line));
                let malformed = line.is_none();
                let record = OutRecord { origin, data: line.unwrap_or(data) };
                let document = Document { record, id, index: index.clone() };
                if malformed {
                    let failure = Failure::of("OS.MalformedData");
                    refused.push(Refused { document, failure, attempts: 1, ended: now });
                } else {
                    documents.push(document);
                }
            }
        }
        let plan = ready.plan.clone();
        self.search.flight =
            Some(Flight { plan, documents, refused, attempts: 0, first: now, retry_at: now });
        self.attempt_bulk(world);
    }

    /// Nothing of the batch is to be sent any more: what was refused goes to the error prefix.
    pub(super) fn end_bulk(&mut self, world: &mut World, flight: Flight) {
        let Flight { plan, refused, .. } = flight;
        let oldest = refused.iter().map(|refused| refused.document.record.origin.arrival).min();
        let Some(oldest) = oldest else { return };
        let type_name = search_of(&plan).map_or("", |search| &search.type_name);
        let mut given_up = GivenUp::at(Stage::OpenSearch);
        let mut body = Vec::new();
        for Refused { document, failure, attempts, ended } in &refused {
            given_up.add(failure, document.record.data.clone());
            write_document_error(
                &mut body,
                &DocumentError {
                    attempts: *attempts,
                    arrival: document.record.origin.arrival,
                    failure,
                    ended: *ended,
                    document_id: document.id.as_deref(),
                    index: &document.index,
                    type_name,
                    data: &document.record.data,
                },
            );
        }
        let failed = count(refused.len());
        world.firehose.count(self.stream, |statistics| statistics.delivery_failed += failed);
        let kind = ErrorOutput::OpenSearchFailed;
        self.bucket.queue_errors(&plan, ErrorBatch { kind, oldest, body, given_up });
    }
}

/// The index of each document, formatted once for all that share it.
struct IndexNames {
    base: String,
    rotation: Rotation,
    week: crate::firehose::WeekNumbers,
    last: Option<(i64, Arc<str>)>,
}

impl IndexNames {
    fn new(search: &SearchPlan, world: &World) -> Self {
        let week = world.settings.firehose.week;
        Self { base: search.index.clone(), rotation: search.rotation, week, last: None }
    }

    fn of(&mut self, arrival: Timestamp) -> Arc<str> {
        let bucket = self.rotation.bucket(arrival);
        match &self.last {
            Some((last, name)) if *last == bucket => name.clone(),
            _ => {
                let name: Arc<str> =
                    Arc::from(index_name(&self.base, self.rotation, self.week, arrival));
                self.last = Some((bucket, name.clone()));
                name
            }
        }
    }
}

/// The body of a bulk request of these documents.
pub(super) fn bulk_body(documents: &[&Document], type_name: &str) -> Bytes {
    use crate::firehose::wire::{Action, write_action};
    let size = documents.iter().map(|document| document.record.data.len() + 192).sum();
    let mut body = Vec::with_capacity(size);
    for document in documents {
        let (index, id) = (&*document.index, document.id.as_deref());
        write_action(&mut body, Action { index, type_name, id });
        body.extend_from_slice(&document.record.data);
        body.push(b'\n');
    }
    Bytes::from(body)
}

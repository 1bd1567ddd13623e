//! The processor of a lane: its buffer, and one invocation at a time.
//!
//! AWS allows up to five invocations of a shard at once; one is chosen here, because it keeps the
//! shard's order and is what a shard needs whose function keeps up.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use tributary_vocabulary::{MINUTE_MS, Stage, Timestamp};

use super::bucket::ErrorBatch;
use super::buffer::{Batch, Buffer};
use super::given_up::GivenUp;
use super::{Held, Lane, count};
use crate::firehose::ProcessorTicket;
use crate::firehose::config::{Buffering, Plan, ProcessorPlan};
use crate::firehose::hop;
use crate::firehose::name::ErrorOutput;
use crate::firehose::record::{OutRecord, SourceRecord, TRANSFORM_COPY};
use crate::firehose::wire::{
    Answer, EventHeader, EventWriter, Failure, ProcessingError, read_answers, record_id,
    write_processing_error,
};
use crate::kernel::{InvokeOutcome, Observation, TransformAnswer, World};
use crate::lambda::{self, InvokeOwner};

/// The largest request of a synchronous invocation (lambda-transform reference, size arithmetic).
const REQUEST_MAX_BYTES: usize = 6_291_456;
/// The longest that Firehose waits for a function.
const INVOKE_MAX_MS: i64 = 5 * MINUTE_MS;

/// A batch with the configuration that it came under.
#[derive(Debug)]
struct Ready {
    plan: Arc<Plan>,
    batch: Batch<SourceRecord>,
}

/// What an invocation waits for.
#[derive(Debug)]
enum Waits {
    /// For the function's answer, at most until then.
    Answer { limit: Option<Timestamp> },
    /// For the next attempt.
    Attempt { at: Timestamp },
}

/// A batch under way.
#[derive(Debug)]
struct Flight {
    ready: Ready,
    ids: Vec<String>,
    payload: Bytes,
    attempts: u32,
    /// The number of the attempt's ticket.
    number: u64,
    waits: Waits,
}

/// The processor of a lane.
#[derive(Debug, Default)]
pub struct Processor {
    buffer: Buffer<SourceRecord>,
    /// At most so many bytes an event of the buffer's records has.
    event_bytes: usize,
    ready: VecDeque<Ready>,
    flight: Option<Flight>,
}

impl Processor {
    /// What it holds.
    #[must_use]
    pub fn held(&self) -> Held {
        let under_way = self.flight.iter().map(|flight| &flight.ready);
        let batches = self.ready.iter().chain(under_way).map(|ready| Held {
            records: count(ready.batch.items.len()),
            bytes: ready.batch.bytes,
        });
        let buffer = Held { records: count(self.buffer.len()), bytes: self.buffer.bytes() };
        batches.fold(buffer, Held::plus)
    }

    /// When its buffer's interval is over, or an attempt is due.
    #[must_use]
    pub fn deadline(&self, plan: &Plan) -> Option<Timestamp> {
        let buffer = self.buffer.deadline(buffering(plan));
        let flight = self.flight.as_ref().and_then(|flight| match flight.waits {
            Waits::Answer { limit } => limit,
            Waits::Attempt { at } => Some(at),
        });
        [buffer, flight].into_iter().flatten().min()
    }

    /// Adds a record; a batch is also full when its event would be over Lambda's limit.
    pub fn push(
        &mut self,
        now: Timestamp,
        plan: &Arc<Plan>,
        record: SourceRecord,
        shard: Option<&str>,
    ) {
        let event_bytes = EventWriter::bytes_of(&record, shard);
        let without = EventWriter::bytes_without_records(header(plan, ""));
        if without + 36 + self.event_bytes + event_bytes > REQUEST_MAX_BYTES {
            self.seal(plan);
        }
        let bytes = count(record.data.len());
        let full = self.buffer.push(now, record, bytes, buffering(plan));
        for batch in full.into_iter().flatten() {
            self.ready.push_back(Ready { plan: plan.clone(), batch });
            self.event_bytes = 0;
        }
        self.event_bytes = if self.buffer.len() == 0 { 0 } else { self.event_bytes + event_bytes };
    }

    /// Makes a batch of what is in the buffer.
    pub fn seal(&mut self, plan: &Arc<Plan>) {
        self.event_bytes = 0;
        if let Some(batch) = self.buffer.take() {
            self.ready.push_back(Ready { plan: plan.clone(), batch });
        }
    }
}

fn buffering(plan: &Plan) -> Buffering {
    let none = Buffering { bytes: 0, interval_ms: 0 };
    plan.processor.as_ref().map_or(none, |processor| processor.buffering)
}

fn header<'a>(plan: &'a Plan, invocation_id: &'a str) -> EventHeader<'a> {
    EventHeader {
        invocation_id,
        delivery_stream_arn: &plan.arn,
        source_stream_arn: plan.source.as_ref().map(|source| &*source.stream_arn),
        region: plan.region.as_str(),
    }
}

/// The processor of a batch's plan; a batch is only made under a plan that has one.
fn processor_of(plan: &Plan) -> Option<&ProcessorPlan> {
    plan.processor.as_ref()
}

impl Lane {
    /// Does one thing that is due at the processor; whether there was one.
    pub(super) fn advance_processor(&mut self, world: &mut World) -> bool {
        let now = world.now();
        if let Some(batch) = self.processor.buffer.due(now, buffering(&self.plan)) {
            self.processor.event_bytes = 0;
            self.processor.ready.push_back(Ready { plan: self.plan.clone(), batch });
        }
        match self.processor.flight.as_ref().map(|flight| &flight.waits) {
            Some(Waits::Attempt { at }) if *at <= now => {
                self.invoke(world);
                true
            }
            Some(Waits::Answer { limit: Some(limit) }) if *limit <= now => {
                self.attempt_failed(world, Failure::of("Lambda.InvocationFailure"));
                true
            }
            Some(_) => false,
            None if self.bucket.is_blocked() || self.search.is_congested() => false,
            None => match self.processor.ready.pop_front() {
                Some(ready) => {
                    self.take_off(world, ready);
                    true
                }
                None => false,
            },
        }
    }

    /// Writes the event of a batch, and invokes the function for the first time.
    fn take_off(&mut self, world: &mut World, ready: Ready) {
        let shard = self.shard.as_deref();
        let invocation_id = self.ids.uuid();
        let records = &ready.batch.items;
        let bytes = records.iter().map(|record| EventWriter::bytes_of(record, shard)).sum();
        let mut writer = EventWriter::new(header(&ready.plan, &invocation_id), bytes);
        for record in records {
            writer.record(record, shard);
        }
        let ids = records.iter().map(|record| record_id(record, shard.is_some())).collect();
        self.processor.flight = Some(Flight {
            ids,
            payload: Bytes::from(writer.finish()),
            attempts: 0,
            number: 0,
            waits: Waits::Attempt { at: world.now() },
            ready,
        });
        self.invoke(world);
    }

    /// One attempt: takes on the role, and asks Lambda.
    fn invoke(&mut self, world: &mut World) {
        let Some(flight) = &mut self.processor.flight else { return };
        let Some(processor) = processor_of(&flight.ready.plan) else { return };
        flight.attempts += 1;
        flight.number = world.firehose.next_ticket();
        let limit = INVOKE_MAX_MS < timeout_ms(world, &processor.lambda_arn);
        let limit = limit.then(|| world.now().plus_ms(INVOKE_MAX_MS));
        flight.waits = Waits::Answer { limit };
        world.firehose.count(self.stream, |statistics| statistics.invocations += 1);
        let ticket = ProcessorTicket { lane: self.id, number: flight.number };
        let asked = if processor.retries.is_none() {
            Err(Failure::of("Lambda.InvocationFailure")
                .because("the processor's NumberOfRetries is no number from 0 to 300"))
        } else {
            hop::assume(world, &flight.ready.plan, &processor.role_arn)
                .map_err(|error| {
                    Failure::of("Lambda.AssumeRoleAccessDenied").because(error.message)
                })
                .and_then(|caller| {
                    let payload = flight.payload.clone();
                    let owner = InvokeOwner::Firehose(ticket);
                    lambda::invoke(world, &caller, &processor.lambda_arn, payload, owner)
                        .map_err(|error| Failure::of_invoke(&error))
                })
        };
        if let Err(failure) = asked {
            self.attempt_failed(world, failure);
        }
    }

    /// An attempt failed: another one later, or the batch is given up.
    fn attempt_failed(&mut self, world: &mut World, failure: Failure) {
        let Some(flight) = &mut self.processor.flight else { return };
        let retries = processor_of(&flight.ready.plan).and_then(|plan| plan.retries).unwrap_or(0);
        if flight.attempts > retries {
            if let Some(flight) = self.processor.flight.take() {
                let failed = flight.ready.batch.items.iter().map(|record| (record, &failure));
                self.processing_failed(world, &flight.ready.plan, flight.attempts, failed);
            }
            return;
        }
        let settings = &world.settings.firehose;
        let wait = settings.backoff_ms(settings.invoke_backoff_ms, flight.attempts);
        flight.waits = Waits::Attempt { at: world.now().plus_ms(wait) };
        world.trace("invoke failed", &failure.code, failure.told().as_bytes());
        world.firehose.count(self.stream, |statistics| statistics.invocations_retried += 1);
    }

    /// The function has answered an attempt; an answer that comes too late is none.
    pub(super) fn answered(&mut self, world: &mut World, number: u64, outcome: &InvokeOutcome) {
        let waiting = |flight: &Flight| {
            flight.number == number && matches!(flight.waits, Waits::Answer { .. })
        };
        if !self.processor.flight.as_ref().is_some_and(waiting) {
            return;
        }
        match outcome {
            InvokeOutcome::FunctionError { payload, .. } => {
                self.attempt_failed(world, function_error(payload));
            }
            InvokeOutcome::Answered { payload, .. } => {
                let Some(flight) = self.processor.flight.take() else { return };
                match read_answers(payload, &flight.ids) {
                    Ok(answers) => self.take_answers(world, flight, answers),
                    // An answer of the wrong form is final: it would be the same again.
                    Err(failure) => {
                        let records = flight.ready.batch.items.iter();
                        let failed = records.map(|record| (record, &failure));
                        self.processing_failed(world, &flight.ready.plan, flight.attempts, failed);
                    }
                }
            }
        }
    }

    /// Sorts a batch's records by their answers.
    fn take_answers(&mut self, world: &mut World, flight: Flight, answers: Vec<Answer>) {
        let Flight { ready: Ready { plan, batch }, attempts, .. } = flight;
        let mut failed: Vec<(&SourceRecord, Failure)> = Vec::new();
        let (mut transformed, mut dropped) = (0, 0);
        for (record, answer) in batch.items.iter().zip(answers) {
            match answer {
                Answer::Ok(data) => {
                    transformed += 1;
                    self.transformed(world, record, data);
                }
                Answer::Dropped => {
                    dropped += 1;
                    tell(world, &plan, record, TransformAnswer::Dropped);
                }
                Answer::Failed(failure) => {
                    tell(world, &plan, record, TransformAnswer::ProcessingFailed);
                    failed.push((record, failure));
                }
            }
        }
        world.firehose.count(self.stream, |statistics| {
            statistics.transformed += transformed;
            statistics.dropped += dropped;
        });
        let failed = failed.iter().map(|(record, failure)| (*record, failure));
        self.processing_failed(world, &plan, attempts, failed);
    }

    /// A record has new data: it passes the faults of the stage, and goes on.
    fn transformed(&mut self, world: &mut World, record: &SourceRecord, data: Bytes) {
        let passed = world.pass_record(Stage::Transform, data);
        for (copy, data) in passed.into_iter().enumerate() {
            tell(world, &self.plan, record, TransformAnswer::Ok(&data));
            let origin = record.origin.copy(copy, TRANSFORM_COPY);
            self.deliver(world, OutRecord { origin, data });
        }
    }

    /// Records go to the error prefix as they were given to the function.
    fn processing_failed<'a>(
        &mut self,
        world: &mut World,
        plan: &Arc<Plan>,
        attempts: u32,
        failed: impl Iterator<Item = (&'a SourceRecord, &'a Failure)>,
    ) {
        let mut given_up = GivenUp::at(Stage::Transform);
        let mut body = Vec::new();
        let mut oldest: Option<Timestamp> = None;
        let lambda_arn = processor_of(plan).map_or("", |processor| &processor.lambda_arn);
        for (record, failure) in failed {
            let arrival = record.origin.arrival;
            oldest = Some(oldest.map_or(arrival, |oldest| oldest.min(arrival)));
            given_up.add(failure, record.data.clone());
            write_processing_error(
                &mut body,
                &ProcessingError {
                    data: &record.data,
                    failure,
                    attempts,
                    arrival,
                    ended: world.now(),
                    lambda_arn,
                },
            );
        }
        let Some(oldest) = oldest else { return };
        let failed = count(given_up.len());
        world.firehose.count(self.stream, |statistics| statistics.processing_failed += failed);
        let kind = ErrorOutput::ProcessingFailed;
        self.bucket.queue_errors(plan, ErrorBatch { kind, oldest, body, given_up });
    }
}

fn tell(world: &mut World, plan: &Plan, record: &SourceRecord, answer: TransformAnswer<'_>) {
    world.observe(&Observation::Transformed {
        delivery_stream_arn: &plan.arn,
        given: &record.data,
        answer,
    });
}

/// The function's own limit; 0 when it is not there.
fn timeout_ms(world: &World, arn: &str) -> i64 {
    let function = world.lambda.functions.get(lambda::unqualified(arn));
    function.map_or(0, |function| function.timeout_s * 1000)
}

/// What Firehose makes of a function's error document.
fn function_error(payload: &[u8]) -> Failure {
    let text = String::from_utf8_lossy(payload);
    let timed_out = text.contains("Sandbox.Timedout") || text.contains("Task timed out after");
    let code = if timed_out { "Lambda.FunctionTimedOut" } else { "Lambda.FunctionError" };
    Failure::of(code).because(text.chars().take(500).collect::<String>())
}

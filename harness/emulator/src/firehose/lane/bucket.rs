//! The S3 end of a lane: the buffer of data, and the queue of objects that wait to be written.
//!
//! Objects are written one after another. When S3 does not take one, all that follows waits, and
//! the lane starts nothing new: delivery pauses until the object is written or its data is too old
//! (firehose reference, §7). Objects of errors are written as soon as their batch is decided: when
//! AWS does so is not published.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::Arc;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use tributary_vocabulary::{Stage, Timestamp};

use super::buffer::{Batch, Buffer};
use super::given_up::GivenUp;
use super::{Held, Lane, count};
use crate::firehose::config::{Plan, S3Plan};
use crate::firehose::doors::{self, NewObject};
use crate::firehose::hop;
use crate::firehose::name::{ErrorOutput, KeyParts, object_key};
use crate::firehose::record::OutRecord;
use crate::firehose::wire::Failure;
use crate::kernel::{Ids, Observation, World};

/// Error records of one batch.
#[derive(Debug)]
pub struct ErrorBatch {
    /// Under which name they lie.
    pub kind: ErrorOutput,
    /// When the oldest of them arrived.
    pub oldest: Timestamp,
    /// Their lines.
    pub body: Vec<u8>,
    /// What the listener is told once they lie there.
    pub given_up: GivenUp,
}

/// What an object holds.
#[derive(Debug)]
enum Content {
    Data(Vec<Bytes>),
    Errors(GivenUp),
}

/// An object that waits to be written; its key and body stay the same across attempts.
#[derive(Debug)]
struct Object {
    plan: Arc<Plan>,
    bucket: Arc<S3Plan>,
    key: String,
    body: Bytes,
    oldest: Timestamp,
    content: Content,
}

/// A batch that is not yet made into an object.
#[derive(Debug)]
enum Waiting {
    Data { plan: Arc<Plan>, bucket: Arc<S3Plan>, batch: Batch<OutRecord> },
    Errors { plan: Arc<Plan>, batch: ErrorBatch },
    Object(Object),
}

/// The S3 end of a lane.
#[derive(Debug, Default)]
pub struct Bucket {
    buffer: Buffer<OutRecord>,
    queue: VecDeque<Waiting>,
    attempts: u32,
    retry_at: Option<Timestamp>,
}

impl Bucket {
    /// What it holds.
    #[must_use]
    pub fn held(&self) -> Held {
        let buffer = Held { records: count(self.buffer.len()), bytes: self.buffer.bytes() };
        self.queue.iter().map(Waiting::held).fold(buffer, Held::plus)
    }

    /// Whether an object waits for another attempt.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.retry_at.is_some()
    }

    /// When its buffer's interval is over, or an attempt is due.
    #[must_use]
    pub fn deadline(&self, bucket: Option<&Arc<S3Plan>>) -> Option<Timestamp> {
        let buffer = bucket.and_then(|bucket| self.buffer.deadline(bucket.buffering));
        [buffer, self.retry_at].into_iter().flatten().min()
    }

    /// Adds a record of data.
    pub fn push(
        &mut self,
        now: Timestamp,
        plan: &Arc<Plan>,
        bucket: &Arc<S3Plan>,
        record: OutRecord,
    ) {
        let bytes = count(record.data.len());
        for batch in self.buffer.push(now, record, bytes, bucket.buffering).into_iter().flatten() {
            self.queue_data(plan, bucket, batch);
        }
    }

    /// Makes a batch of what is in the buffer.
    pub fn seal(&mut self, plan: &Arc<Plan>, bucket: &Arc<S3Plan>) {
        if let Some(batch) = self.buffer.take() {
            self.queue_data(plan, bucket, batch);
        }
    }

    /// Adds error records.
    pub fn queue_errors(&mut self, plan: &Arc<Plan>, batch: ErrorBatch) {
        self.queue.push_back(Waiting::Errors { plan: plan.clone(), batch });
    }

    fn queue_data(&mut self, plan: &Arc<Plan>, bucket: &Arc<S3Plan>, batch: Batch<OutRecord>) {
        let (plan, bucket) = (plan.clone(), bucket.clone());
        self.queue.push_back(Waiting::Data { plan, bucket, batch });
    }
}

impl Waiting {
    fn held(&self) -> Held {
        match self {
            Self::Data { batch, .. } => {
                Held { records: count(batch.items.len()), bytes: batch.bytes }
            }
            Self::Errors { batch, .. } => {
                Held { records: count(batch.given_up.len()), bytes: batch.given_up.bytes() }
            }
            Self::Object(Object { content: Content::Data(records), .. }) => Held {
                records: count(records.len()),
                bytes: records.iter().map(|record| count(record.len())).sum(),
            },
            Self::Object(Object { content: Content::Errors(given_up), .. }) => {
                Held { records: count(given_up.len()), bytes: given_up.bytes() }
            }
        }
    }
}

impl Lane {
    /// Does one thing that is due at the bucket; whether there was one.
    pub(super) fn advance_bucket(&mut self, world: &mut World) -> bool {
        let now = world.now();
        if let Some(bucket) = self.data_bucket().cloned()
            && let Some(batch) = self.bucket.buffer.due(now, bucket.buffering)
        {
            self.bucket.queue_data(&self.plan, &bucket, batch);
        }
        if self.bucket.retry_at.is_some_and(|at| at > now) {
            return false;
        }
        let Some(waiting) = self.bucket.queue.pop_front() else { return false };
        self.bucket.retry_at = None;
        if let Some(object) = self.object_of(world, waiting) {
            self.write(world, object);
        }
        true
    }

    /// The object of a batch; `None` when no record is left of it.
    fn object_of(&mut self, world: &mut World, waiting: Waiting) -> Option<Object> {
        match waiting {
            Waiting::Object(object) => Some(object),
            Waiting::Data { plan, bucket, batch } => {
                let oldest = batch.items.iter().map(|record| record.origin.arrival).min()?;
                let mut records = Vec::with_capacity(batch.items.len());
                for record in batch.items {
                    records.extend(world.pass_record(Stage::S3, record.data));
                }
                if records.is_empty() {
                    return None;
                }
                let append = world.settings.firehose.append_time_to_expressions;
                let prefix = bucket.prefix.data(oldest, append, &mut self.ids);
                let key = key_of(&prefix, &plan, oldest, &bucket.extension, &mut self.ids);
                let body = body_of(&records, &bucket);
                Some(Object { plan, bucket, key, body, oldest, content: Content::Data(records) })
            }
            Waiting::Errors { plan, batch } => {
                let ErrorBatch { kind, oldest, body, given_up } = batch;
                let bucket = plan.errors.clone();
                let prefix = match &bucket.error_prefix {
                    Some(prefix) => prefix.errors(oldest, kind, &mut self.ids),
                    None => bucket.prefix.errors_below(oldest, kind, &mut self.ids),
                };
                let extension = if bucket.gzip { ".gz" } else { "" };
                let key = key_of(&prefix, &plan, oldest, extension, &mut self.ids);
                let body = compressed(body, bucket.gzip);
                let content = Content::Errors(given_up);
                Some(Object { plan, bucket, key, body, oldest, content })
            }
        }
    }

    /// One attempt to write an object.
    fn write(&mut self, world: &mut World, object: Object) {
        self.bucket.attempts += 1;
        match put(world, &object) {
            Ok(()) => {
                self.bucket.attempts = 0;
                self.written(world, &object);
            }
            Err(failure) => self.write_failed(world, object, &failure),
        }
    }

    /// Delivery pauses, until the object's data is too old.
    fn write_failed(&mut self, world: &mut World, object: Object, failure: &Failure) {
        let settings = &world.settings.firehose;
        let wait = settings.backoff_ms(settings.delivery_backoff_ms, self.bucket.attempts);
        let expires = object.oldest.plus_ms(settings.retention_ms);
        let now = world.now();
        if now >= expires {
            self.bucket.attempts = 0;
            let lost = match object.content {
                Content::Errors(given_up) => {
                    given_up.tell(world, "", Some(failure));
                    given_up.len()
                }
                Content::Data(records) => {
                    let mut given_up = GivenUp::at(Stage::S3);
                    for record in records {
                        given_up.add(failure, record);
                    }
                    given_up.tell(world, "", None);
                    given_up.len()
                }
            };
            world.firehose.count(self.stream, |statistics| statistics.lost += count(lost));
            return;
        }
        self.bucket.retry_at = Some(now.plus_ms(wait).min(expires));
        self.bucket.queue.push_front(Waiting::Object(object));
        world.firehose.count(self.stream, |statistics| statistics.objects_retried += 1);
    }

    fn written(&self, world: &mut World, object: &Object) {
        match &object.content {
            Content::Data(records) => {
                world.observe(&Observation::BackedUp {
                    bucket: &object.bucket.bucket,
                    key: &object.key,
                    records,
                });
                let records = count(records.len());
                let backup = self.is_backup();
                world.firehose.count(self.stream, |statistics| {
                    statistics.objects += 1;
                    if backup {
                        statistics.backed_up += records;
                    } else {
                        statistics.delivered += records;
                    }
                });
            }
            Content::Errors(given_up) => {
                let place = format!("s3://{}/{}", object.bucket.bucket, object.key);
                given_up.tell(world, &place, None);
                world.firehose.count(self.stream, |statistics| statistics.error_objects += 1);
            }
        }
    }
}

fn put(world: &mut World, object: &Object) -> Result<(), Failure> {
    let caller = hop::assume(world, &object.plan, &object.bucket.role_arn)
        .map_err(|error| Failure::of("S3.AccessDenied").because(error.message))?;
    let new = NewObject {
        bucket: object.bucket.bucket.clone(),
        key: object.key.clone(),
        body: object.body.clone(),
        gzip: object.bucket.gzip,
    };
    doors::put_object(world, &caller, &new).map_err(|error| Failure::of_put(&error))
}

fn key_of(prefix: &str, plan: &Plan, oldest: Timestamp, extension: &str, ids: &mut Ids) -> String {
    let parts = KeyParts { stream: &plan.name, version: plan.version, oldest, extension };
    object_key(prefix, parts, ids)
}

/// The records one after another, as they are; nothing between them unless a delimiter is asked.
fn body_of(records: &[Bytes], bucket: &S3Plan) -> Bytes {
    let delimiter = bucket.delimiter.as_deref().unwrap_or_default().as_bytes();
    let size = records.iter().map(|record| record.len() + delimiter.len()).sum();
    let mut body = Vec::with_capacity(size);
    for record in records {
        body.extend_from_slice(record);
        body.extend_from_slice(delimiter);
    }
    compressed(body, bucket.gzip)
}

fn compressed(body: Vec<u8>, gzip: bool) -> Bytes {
    if !gzip {
        return Bytes::from(body);
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let _ = encoder.write_all(&body);
    encoder.finish().map(Bytes::from).unwrap_or_default()
}

//! Puts records on a stream.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::error::BuildError;
use aws_sdk_kinesis::operation::put_records::PutRecordsOutput;
use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::PutRecordsRequestEntry;
use aws_types::SdkConfig;
use bytes::Bytes;
use tributary_emulator::Observation;
use tributary_vocabulary::{Stage, Timestamp};

use super::batch::{PUT_RECORDS, SINGLE, fitting};
use crate::bridge::common::Common;
use crate::bridge::failure::{CallFailure, Reached};
use crate::bridge::patience::Patience;
use crate::bridge::read::{client, shard_of};
use crate::driver::WallClock;

/// For so long after a throttle each call carries one record. PutRecords keeps no order around a
/// record that it refuses: a smaller one behind it may still find room. Put singly, nothing can
/// overtake; only in the call that meets the limit first it could.
const SINGLY: Duration = Duration::from_secs(30);

/// A record to put.
#[derive(Debug, Clone)]
pub(in crate::bridge) struct StreamEntry {
    pub(in crate::bridge) partition_key: Arc<str>,
    pub(in crate::bridge) data: Bytes,
}

/// Puts records on one stream.
#[derive(Clone)]
pub(in crate::bridge) struct StreamPut {
    common: Common,
    client: Client,
    stream: String,
    stream_arn: String,
    /// What the stream's reader is called on the board.
    reader: Arc<str>,
    throttled: Arc<Mutex<Option<WallClock>>>,
}

impl StreamPut {
    pub(in crate::bridge) fn new(
        common: &Common,
        config: &SdkConfig,
        stream: &str,
        stream_arn: &str,
        reader: &str,
    ) -> Self {
        Self {
            common: common.clone(),
            client: client(config),
            stream: stream.to_owned(),
            stream_arn: stream_arn.to_owned(),
            reader: Arc::from(reader),
            throttled: Arc::default(),
        }
    }

    /// Puts all of these in their order, refused ones again before all others; `put` is told of each
    /// that lies on the stream.
    ///
    /// # Errors
    /// The last failure and what is left, when it took too long.
    pub(in crate::bridge) async fn all(
        &self,
        place: &str,
        records: Vec<StreamEntry>,
        mut put: impl FnMut(&StreamEntry) + Send,
    ) -> Result<(), (CallFailure, Vec<StreamEntry>)> {
        let mut queue = VecDeque::from(records);
        let mut patience = Patience::new();
        while !queue.is_empty() {
            let limits = if self.puts_singly() { SINGLE } else { PUT_RECORDS };
            let sizes = queue.iter().map(|entry| entry.data.len() + entry.partition_key.len());
            let sent: Vec<StreamEntry> = queue.drain(..fitting(sizes, limits)).collect();
            let (again, failure) = self.once(&sent, &mut put).await;
            if again.len() < sent.len() {
                patience.renew();
                self.common.board().has_put(&self.reader);
            }
            for entry in again.into_iter().rev() {
                queue.push_front(entry);
            }
            let Some(failure) = failure else {
                self.common.troubles().well(place);
                continue;
            };
            self.common.troubles().failing(place, failure.told());
            if !patience.wait(&self.common).await {
                return Err((failure, queue.into()));
            }
        }
        Ok(())
    }

    /// One call; what is to be put again, and why.
    async fn once(
        &self,
        sent: &[StreamEntry],
        put: &mut (impl FnMut(&StreamEntry) + Send),
    ) -> (Vec<StreamEntry>, Option<CallFailure>) {
        let outcome = match request(sent) {
            Ok(entries) => {
                let call = self.client.put_records().stream_name(&self.stream);
                let answer = call.set_records(Some(entries)).send().await;
                answer.map_err(|error| CallFailure::of(&error))
            }
            Err(error) => Err(CallFailure {
                reached: Reached::Nobody,
                code: "BuildError".to_owned(),
                message: error.to_string(),
            }),
        };
        match outcome {
            Ok(output) => self.sort(sent, &output, put),
            Err(failure) => {
                if failure.is_throttle() {
                    self.note_throttled(sent.iter());
                }
                if failure.may_have_had_effect() {
                    self.note_retried(sent.iter());
                }
                (sent.to_vec(), Some(failure))
            }
        }
    }

    /// Tells what lies on the stream from what is to be put again.
    fn sort(
        &self,
        sent: &[StreamEntry],
        output: &PutRecordsOutput,
        put: &mut impl FnMut(&StreamEntry),
    ) -> (Vec<StreamEntry>, Option<CallFailure>) {
        let mut again = Vec::new();
        let mut failure = None;
        let (mut throttled, mut failed) = (Vec::new(), Vec::new());
        for (entry, result) in sent.iter().zip(output.records()) {
            let Some(code) = result.error_code() else {
                put(entry);
                continue;
            };
            let message = result.error_message().unwrap_or_default().to_owned();
            let reached = Reached::Service(200);
            let refused = CallFailure { reached, code: code.to_owned(), message };
            if refused.is_throttle() { &mut throttled } else { &mut failed }.push(entry);
            again.push(entry.clone());
            failure.get_or_insert(refused);
        }
        self.note_throttled(throttled.into_iter());
        self.note_retried(failed.into_iter());
        (again, failure)
    }

    fn note_throttled<'a>(&self, entries: impl Iterator<Item = &'a StreamEntry>) {
        let mut by_shard: BTreeMap<String, u64> = BTreeMap::new();
        let ranges = self.common.ranges();
        for entry in entries {
            let shard = shard_of(&ranges, &entry.partition_key).unwrap_or_default();
            *by_shard.entry(shard.to_owned()).or_default() += 1;
        }
        drop(ranges);
        for (shard_id, records) in by_shard {
            let now = WallClock::starting_at(Timestamp::DEFAULT_EPOCH);
            *self.throttled.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
            self.common.observe(&Observation::Throttled {
                stage: Stage::Kinesis,
                resource_arn: &self.stream_arn,
                shard_id: &shard_id,
                records,
            });
            if !shard_id.is_empty() {
                self.common.figures().shards.entry(shard_id).or_default().throttled += records;
            }
        }
    }

    fn note_retried<'a>(&self, entries: impl Iterator<Item = &'a StreamEntry>) {
        for entry in entries {
            self.common.ledger().lock().retry(&entry.data);
        }
    }

    fn puts_singly(&self) -> bool {
        let throttled = self.throttled.lock().unwrap_or_else(PoisonError::into_inner);
        throttled.is_some_and(|since| since.elapsed() < SINGLY)
    }
}

fn request(sent: &[StreamEntry]) -> Result<Vec<PutRecordsRequestEntry>, BuildError> {
    sent.iter()
        .map(|entry| {
            PutRecordsRequestEntry::builder()
                .partition_key(&*entry.partition_key)
                .data(Blob::new(entry.data.to_vec()))
                .build()
        })
        .collect()
}

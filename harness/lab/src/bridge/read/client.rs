//! The calls that read a stream.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::operation::get_records::GetRecordsOutput;
use aws_sdk_kinesis::types::{Record, ShardIteratorType};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use bytes::Bytes;
use tributary_emulator::firehose::record::{Origin, SourceRecord};
use tributary_vocabulary::Timestamp;

use super::ListedShard;
use crate::bridge::failure::CallFailure;

/// How long a call of Kinesis may take.
const CALL: Duration = Duration::from_secs(30);
/// The most records of one call. Fewer than GetRecords allows, so that an answer comes soon and what
/// is in hand stays small.
const RECORDS_MAX: i32 = 1_000;

/// A client of Kinesis that makes each call once.
pub(in crate::bridge) fn client(config: &SdkConfig) -> Client {
    let config = aws_sdk_kinesis::config::Builder::from(config)
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::builder().operation_timeout(CALL).build())
        .build();
    Client::from_conf(config)
}

/// Reads one stream.
#[derive(Clone)]
pub(in crate::bridge) struct StreamReader {
    client: Client,
    stream: String,
    /// What it is called on the board and in troubles.
    pub(in crate::bridge) name: Arc<str>,
}

impl StreamReader {
    pub(in crate::bridge) fn new(config: &SdkConfig, stream: &str, name: &str) -> Self {
        Self { client: client(config), stream: stream.to_owned(), name: Arc::from(name) }
    }

    /// All shards of the stream, closed ones included.
    pub(super) async fn shards(&self) -> Result<Vec<ListedShard>, CallFailure> {
        let mut listed = Vec::new();
        let mut token: Option<String> = None;
        loop {
            // A token stands for the stream as well: both together are refused.
            let call = match token {
                None => self.client.list_shards().stream_name(&self.stream),
                Some(token) => self.client.list_shards().next_token(token),
            };
            let output = call.send().await.map_err(|error| CallFailure::of(&error))?;
            listed.extend(output.shards().iter().map(ListedShard::from));
            token = output.next_token;
            if token.is_none() {
                return Ok(listed);
            }
        }
    }

    /// An iterator behind this sequence number, or at the shard's oldest record.
    pub(super) async fn iterator(
        &self,
        shard: &str,
        after: Option<&str>,
    ) -> Result<Option<String>, CallFailure> {
        let call = self.client.get_shard_iterator().stream_name(&self.stream).shard_id(shard);
        let call = match after {
            None => call.shard_iterator_type(ShardIteratorType::TrimHorizon),
            Some(sequence) => call
                .shard_iterator_type(ShardIteratorType::AfterSequenceNumber)
                .starting_sequence_number(sequence),
        };
        let output = call.send().await.map_err(|error| CallFailure::of(&error))?;
        Ok(output.shard_iterator)
    }

    /// What lies behind an iterator.
    pub(super) async fn records(&self, iterator: &str) -> Result<GetRecordsOutput, CallFailure> {
        let call = self.client.get_records().shard_iterator(iterator).limit(RECORDS_MAX);
        call.send().await.map_err(|error| CallFailure::of(&error))
    }
}

/// A record as the bridges carry it; `now` stands in for a time of arrival that is not told.
pub(super) fn record(record: Record, now: Timestamp) -> SourceRecord {
    let told = record.approximate_arrival_timestamp.and_then(|at| at.to_millis().ok());
    SourceRecord {
        origin: Origin {
            sequence: Arc::from(record.sequence_number),
            sub: 0,
            arrival: told.map_or(now, Timestamp::from_ms),
        },
        partition_key: Arc::from(record.partition_key.unwrap_or_default()),
        data: Bytes::from(record.data.into_inner()),
    }
}
